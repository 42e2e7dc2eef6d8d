/** The properties of the sample account's object types: those that its records have values in, and a few that are empty. */
import type { AccountProperty } from './accountData.ts';
import { dealStages } from './sampleNames.ts';

const text = (group: string, name: string, label: string): AccountProperty => ({
  name,
  label,
  groupName: group,
  type: 'string',
  fieldType: 'text',
});

const created: AccountProperty = {
  name: 'createdate',
  label: 'Create date',
  groupName: 'recordinformation',
  type: 'datetime',
  fieldType: 'date',
};
const recordId: AccountProperty = {
  name: 'hs_object_id',
  label: 'Record ID',
  groupName: 'recordinformation',
  type: 'number',
  fieldType: 'number',
};
const merged: AccountProperty = {
  ...text('recordinformation', 'hs_merged_object_ids', 'Merged record IDs'),
  type: 'enumeration',
  fieldType: 'checkbox',
  hidden: true,
};
const owner: AccountProperty = {
  name: 'hubspot_owner_id',
  label: 'Owner',
  groupName: 'recordinformation',
  type: 'enumeration',
  fieldType: 'select',
  referencedObjectType: 'OWNER',
};
const ofEvery = [created, recordId, merged, owner];

/** As HubSpot calls the stages of its first pipeline. */
const stageLabels = [
  'Appointment scheduled',
  'Qualified to buy',
  'Presentation scheduled',
  'Contract sent',
  'Closed won',
  'Closed lost',
];

/** By object type id. */
export function sampleProperties(installationTypeId: string): Readonly<Record<string, readonly AccountProperty[]>> {
  return {
    '0-1': [
      text('contactinformation', 'firstname', 'First name'),
      text('contactinformation', 'lastname', 'Last name'),
      text('contactinformation', 'email', 'Email'),
      { ...text('contactinformation', 'passport_number', 'Passport number'), dataSensitivity: 'sensitive' },
      { ...text('contactinformation', 'social_security_number', 'SSN'), dataSensitivity: 'highly_sensitive' },
      ...ofEvery,
    ],
    '0-2': [
      text('companyinformation', 'name', 'Company name'),
      text('companyinformation', 'domain', 'Company domain name'),
      ...ofEvery,
    ],
    '0-3': [
      text('dealinformation', 'dealname', 'Deal name'),
      { ...text('dealinformation', 'amount', 'Amount'), type: 'number', fieldType: 'number' },
      { ...text('dealinformation', 'closedate', 'Close date'), type: 'date', fieldType: 'date' },
      {
        ...text('dealinformation', 'dealstage', 'Deal stage'),
        type: 'enumeration',
        fieldType: 'radio',
        options: dealStages.map((value, nth) => ({ value, label: stageLabels[nth]!, displayOrder: nth })),
      },
      ...ofEvery,
    ],
    '0-5': [text('ticketinformation', 'subject', 'Ticket name'), ...ofEvery],
    [installationTypeId]: [
      text('installations_information', 'installation_name', 'Installation name'),
      text('installations_information', 'serial_number', 'Serial number'),
      ...ofEvery,
    ],
  };
}
