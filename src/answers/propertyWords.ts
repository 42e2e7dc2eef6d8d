/** What columns of properties say, in the reader's language. */
import * as vscode from 'vscode';
import { scopesForPair } from '../core/domain/objectTypes.ts';
import { failureNotice } from '../editor/failureNotice.ts';
import type { PropertyWords } from './propertyColumns.ts';

export function propertyWords(): PropertyWords {
  const { t } = vscode.l10n;
  return {
    language: vscode.env.language,
    sensitive: t('sensitive'),
    why(why, type) {
      switch (why) {
        case 'notAsked':
          return t('Not read yet. It is read when it comes into sight, and before a sort or an export.');
        case 'reading':
          return t('Being read.');
        case 'withheld':
          return t('HubSpot did not send this property. It was deleted or renamed, or this token may not see it.');
        default:
          return failureNotice(why, scopesForPair(type, type)).sentence;
      }
    },
  };
}
