/**
 * Words for object types: HubSpot's own names and what its exports are headed with in the seventeen export languages. Words of
 * other languages than English are hints; a column can always be picked by hand.
 */
import { standardObjectTypes } from '../../domain/objectTypes.ts';
import { folded } from './fieldWords.ts';

const exportWords: Record<string, string> = {
  '0-1':
    'contacto contactos contatto contatti contato contatos kontakt kontakte kontakten kontakter kontakty kontaktow kontaktu kontakti kontaktit kontaktperson kontaktpersoner contactpersoon contactpersonen contacten yhteyshenkilo yhteyshenkilot yhteyshenkiloiden yhteystieto yhteystiedot コンタクト 연락처 联系人 聯絡人 連絡人 ผู้ติดต่อ รายชื่อผู้ติดต่อ',
  '0-2':
    'unternehmen unternehmens empresa empresas yritys yritykset yrityksen yritysten entreprise entreprises azienda aziende bedrijf bedrijven bedrijfs firma firmaer firmy firm virksomhed virksomheds virksomheder selskaps selskap selskaper bedrift bedrifts bedrifter foretag foretags foretaget 会社 企業 회사 公司 บริษัท',
  '0-3':
    'negocio negocios kauppa kaupat kaupan kauppojen diili diilit transaction transactions affare affari trattativa trattative transakcja transakcje transakcji affar affarer affaren handel handler aftale aftaler avtale avtaler 取引 거래 交易 ดีล ข้อตกลง',
  '0-5':
    'tiketti tiketit tukipyynto tukipyynnot zgloszenie zgloszenia zgloszen arende arenden billet billetter supportsag supportsager sak saker チケット 티켓 工单 工單 票證 ทิกเก็ต ตั๋ว',
  '0-136': 'リード liidi liidit 리드 潜在客户 潛在客戶 ลีด',
  '0-7':
    'produkt produkte produkter produkty producto productos tuote tuotteet produit produits prodotto prodotti producten produto produtos 製品 商品 제품 产品 產品 ผลิตภัณฑ์ สินค้า',
  '0-8': 'artikel artikelposition posten 商品項目 품목 ordrelinje ordrelinjer varelinje varelinjer',
  '0-14':
    'angebot angebote cotizacion cotizaciones devis preventivo preventivi offerte offertes cotacao offert tilbud 見積もり 견적 报价 報價 ใบเสนอราคา',
};

/** Types whose names are everyday words: only trusted together with "id". */
const everyday: ReadonlySet<string> = new Set(
  '0-7 0-8 0-14 0-53 0-101 0-123 0-142 0-84 0-85 0-27 0-46 0-47 0-48 0-49 0-18 0-116 0-54 0-162 0-410 0-420 0-421 0-970'.split(
    ' ',
  ),
);

/** Types whose ids are seldom meant where their name stands before "id" (a webhook's subscription, a HubSpot user, a tax number). */
const misleading: ReadonlySet<string> = new Set(['0-69', '0-86', '0-115', '0-19', '0-74']);

const types = new Map<string, string>();
for (const type of standardObjectTypes) {
  if (misleading.has(type.id)) continue;
  for (const name of [type.name, type.singular, type.label, type.pluralLabel, ...type.aliases]) {
    const word = name.toLowerCase().replaceAll(/[_ ]/g, '');
    if (!/\d/.test(word)) types.set(word, type.id);
  }
}
for (const [id, words] of Object.entries(exportWords)) {
  for (const word of folded(words).split(' ')) types.set(word, id);
}

/** The object type a word names: lower case, without accents, blanks and underscores. */
export function typeOfWord(word: string): string | undefined {
  return types.get(word);
}

/** True when the type's name alone, beside a number in prose, says that the number is a record id. */
export function speaksForItself(objectType: string): boolean {
  return !everyday.has(objectType);
}

/** The type named by the end of a text that is written without blanks (Japanese, Chinese, Korean, Thai). */
export function typeAtEnd(text: string): string | undefined {
  for (let length = Math.min(16, text.length); length > 1; length--) {
    const type = types.get(text.slice(-length));
    if (type) return type;
  }
  return undefined;
}
