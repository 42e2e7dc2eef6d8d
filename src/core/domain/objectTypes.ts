/**
 * The object types HubSpot documents, their ids, names, display properties and read scopes.
 * Source: HubSpot's "Understanding the CRM" (type ids), the published OpenAPI paths (names) and the object guides (scopes).
 * No endpoint lists all object types, so the table ships with the product; custom object types come from the account.
 */

export interface ObjectType {
  /** HubSpot's objectTypeId, such as "0-3", or "2-123" for a custom object type. */
  readonly id: string;
  /** Plural API name. Types without one are named by their id. */
  readonly name: string;
  /** Singular API name, which HubSpot uses in error contexts and v3 type names. */
  readonly singular: string;
  readonly label: string;
  readonly pluralLabel: string;
  /** Properties that name a record for a person; the first ones are joined, the rest are fallbacks. */
  readonly displayProperties: readonly string[];
  /** Scopes that allow reading; any one of them is enough. */
  readonly readScopes: readonly string[];
  /** Other names under which the type is known (old API names). */
  readonly aliases?: readonly string[];
}

function type(
  id: string,
  name: string,
  singular: string,
  label: string,
  pluralLabel: string,
  displayProperties: readonly string[],
  readScopes: readonly string[],
  aliases?: readonly string[],
): ObjectType {
  return { id, name, singular, label, pluralLabel, displayProperties, readScopes, ...(aliases ? { aliases } : {}) };
}

const activityScopes = (own: string) => [`crm.objects.${own}.read`, 'crm.objects.contacts.read'];

export const standardObjectTypes: readonly ObjectType[] = [
  type(
    '0-1',
    'contacts',
    'contact',
    'Contact',
    'Contacts',
    ['firstname', 'lastname', 'email'],
    ['crm.objects.contacts.read'],
  ),
  type('0-2', 'companies', 'company', 'Company', 'Companies', ['name', 'domain'], ['crm.objects.companies.read']),
  type('0-3', 'deals', 'deal', 'Deal', 'Deals', ['dealname'], ['crm.objects.deals.read']),
  type('0-5', 'tickets', 'ticket', 'Ticket', 'Tickets', ['subject'], ['tickets', 'crm.objects.tickets.read']),
  type('0-136', 'leads', 'lead', 'Lead', 'Leads', ['hs_lead_name'], ['crm.objects.leads.read']),
  type(
    '0-8',
    'line_items',
    'line_item',
    'Line item',
    'Line items',
    ['name'],
    ['crm.objects.line_items.read', 'e-commerce'],
  ),
  type('0-7', 'products', 'product', 'Product', 'Products', ['name'], ['crm.objects.products.read', 'e-commerce']),
  type('0-14', 'quotes', 'quote', 'Quote', 'Quotes', ['hs_title'], ['crm.objects.quotes.read']),
  type('0-53', 'invoices', 'invoice', 'Invoice', 'Invoices', ['hs_title', 'hs_number'], ['crm.objects.invoices.read']),
  type(
    '0-69',
    'subscriptions',
    'subscription',
    'Subscription',
    'Subscriptions',
    ['hs_name'],
    ['crm.objects.subscriptions.read'],
  ),
  type(
    '0-101',
    'commerce_payments',
    'commerce_payment',
    'Payment',
    'Payments',
    [],
    ['crm.objects.commercepayments.read'],
    ['payments', 'payment'],
  ),
  type('0-123', 'orders', 'order', 'Order', 'Orders', ['hs_order_name'], ['crm.objects.orders.read']),
  type('0-142', 'carts', 'cart', 'Cart', 'Carts', ['hs_cart_name'], ['crm.objects.carts.read']),
  type('0-84', 'discounts', 'discount', 'Discount', 'Discounts', ['hs_label'], ['crm.objects.line_items.read']),
  type('0-85', 'fees', 'fee', 'Fee', 'Fees', ['hs_label'], ['crm.objects.line_items.read']),
  type('0-86', 'taxes', 'tax', 'Tax', 'Taxes', ['hs_label'], ['crm.objects.line_items.read']),
  type('0-27', 'tasks', 'task', 'Task', 'Tasks', ['hs_task_subject'], activityScopes('tasks')),
  type('0-46', 'notes', 'note', 'Note', 'Notes', ['hs_note_body'], activityScopes('notes')),
  type('0-47', 'meetings', 'meeting', 'Meeting', 'Meetings', ['hs_meeting_title'], activityScopes('meetings'), [
    'meeting_event',
  ]),
  type('0-48', 'calls', 'call', 'Call', 'Calls', ['hs_call_title'], activityScopes('calls')),
  type('0-49', 'emails', 'email', 'Email', 'Emails', ['hs_email_subject'], activityScopes('emails')),
  type(
    '0-18',
    'communications',
    'communication',
    'Communication',
    'Communications',
    ['hs_communication_body'],
    ['crm.objects.contacts.read'],
  ),
  type(
    '0-116',
    'postal_mail',
    'postal_mail',
    'Postal mail',
    'Postal mail',
    ['hs_postal_mail_body'],
    ['crm.objects.contacts.read'],
  ),
  type(
    '0-19',
    'feedback_submissions',
    'feedback_submission',
    'Feedback submission',
    'Feedback submissions',
    [],
    ['crm.objects.feedback_submissions.read'],
  ),
  type(
    '0-54',
    'marketing_events',
    'marketing_event',
    'Marketing event',
    'Marketing events',
    ['hs_event_name'],
    ['crm.objects.marketing_events.read'],
  ),
  type('0-74', 'goal_targets', 'goal_target', 'Goal', 'Goals', ['hs_goal_name'], ['crm.objects.goals.read'], ['goals']),
  type('0-115', 'users', 'user', 'User', 'Users', ['hs_email'], ['crm.objects.users.read']),
  type('0-162', '0-162', 'service', 'Service', 'Services', ['hs_name'], ['crm.objects.services.read'], ['services']),
  type('0-410', '0-410', 'course', 'Course', 'Courses', ['hs_course_name'], ['crm.objects.courses.read'], ['courses']),
  type('0-420', '0-420', 'listing', 'Listing', 'Listings', ['hs_name'], ['crm.objects.listings.read'], ['listings']),
  type(
    '0-421',
    '0-421',
    'appointment',
    'Appointment',
    'Appointments',
    ['hs_appointment_name'],
    ['crm.objects.appointments.read'],
    ['appointments'],
  ),
  type('0-970', '0-970', 'project', 'Project', 'Projects', ['hs_name'], ['crm.objects.projects.read'], ['projects']),
];

const byName = new Map<string, ObjectType>();
for (const each of standardObjectTypes) {
  for (const name of [each.id, each.name, each.singular, ...(each.aliases ?? [])]) byName.set(name, each);
}

/** The standard object type with this id, plural name, singular name or alias, in any case; undefined for custom and unknown types. */
export function standardObjectType(name: string): ObjectType | undefined {
  return byName.get(name.trim().toLowerCase());
}

/**
 * True for what HubSpot may accept as an object type in a path: a type id (`0-3`, `2-123`), a fully qualified name
 * (`p123_name`), or a word of letters, digits and underscores. Nothing that could change the path passes.
 */
export function isObjectTypeName(name: string): boolean {
  return /^(?:\d{1,10}-\d{1,19}|[A-Za-z][A-Za-z0-9_]{0,99})$/.test(name);
}

/** True when both names mean the same object type. */
export function isSameObjectType(one: string, other: string): boolean {
  const id = (name: string) => standardObjectType(name)?.id ?? name.trim().toLowerCase();
  return id(one) === id(other);
}

/** The scopes to tick for reading associations of this pair: the read scope of both ends. Custom object types share one scope. */
export function scopesForPair(from: string, to: string): readonly string[] {
  const scopes = [from, to].map((name) => standardObjectType(name)?.readScopes[0] ?? 'crm.objects.custom.read');
  return [...new Set(scopes)];
}

/**
 * The scope that a token lacks to read an object type; undefined when it lacks none, or when its scopes are not known.
 * @param scopes what HubSpot said the token was granted
 */
export function lackingScope(type: ObjectType, scopes: readonly string[] | undefined): string | undefined {
  if (scopes === undefined || type.readScopes.some((scope) => scopes.includes(scope))) return undefined;
  return type.readScopes[0];
}
