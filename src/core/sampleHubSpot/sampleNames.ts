/** Made-up words for the sample account. No company, person or domain here is meant to exist. */

export const firstNames =
  'Amara Anouk Bela Brigid Caio Carys Daan Delphine Eero Elif Farid Fenna Gita Goran Hanneke Hideo Ilse Imani Jonas Joao Kaisa Keanu Lamia Leif Mairead Mateo Nadia Niels Odile Omar Petra Priya Quinn Rania Rolf Saoirse Sefa Tamsin Teodor Ulla Viggo Wanda Xenia Yara Zoran'.split(
    ' ',
  );

export const lastNames =
  'Abara Achterberg Bastide Birkeland Calloway Cervenka Dufrane Ekberg Farkash Galindo Halloran Ishikawa Janowitz Kowalke Lindqvist Marchetti Nakagawa Okonjo Pellerin Quist Rademaker Sandoval Tavares Urbanek Vestergaard Whitlock Ximenes Yilmazer Zabala'.split(
    ' ',
  );

export const companyNames = [
  'Alderbrook Freight',
  'Anvil & Thistle Tools',
  'Basalt Bay Seafood',
  'Birchline Interiors',
  'Bluewick Energy',
  'Cedarmoor Clinics',
  'Cinderhill Bakeries',
  'Cobalt Fen Robotics',
  'Copperquay Marine',
  'Driftmark Outdoor',
  'Dunlin Reach Media',
  'Eastgarth Foods',
  'Emberlane Heating',
  'Fernhollow Gardens',
  'Fjordlight Optics',
  'Foxglove Textiles',
  'Glasswren Software',
  'Granary Lane Coffee',
  'Greyheron Logistics',
  'Hartsmere Hotels',
  'Hollowpine Timber',
  'Inkwell & Rowan Press',
  'Ironmere Fabrication',
  'Juniper Row Schools',
  'Kestrel Gate Security',
  'Kilnbrook Ceramics',
  'Larkfield Dairy',
  'Lowtide Analytics',
  'Marrow Street Kitchens',
  'Mosswater Utilities',
  'Northquill Publishing',
  'Oakenshaw Insurance',
  'Orchard Mile Grocers',
  'Palewater Chemicals',
  'Pinecrest Hollow Homes',
  'Quarry Pike Aggregates',
  'Ravensford Rail Parts',
  'Redsail Travel',
  'Saltmarsh Instruments',
  'Silverbeck Dental',
  'Stonecrop Farms',
  'Tallowgate Candles',
  'Thornbury Lane Legal',
  'Umberfield Paints',
  'Verdant Loop Recycling',
  'Wexcombe Bicycles',
  'Willowtrace Health',
  'Yarrow Point Telecom',
] as const;

export const dealSubjects = [
  'annual licence',
  'pilot',
  'renewal',
  'rollout',
  'site expansion',
  'support plan',
  'training package',
  'upgrade',
] as const;

export const dealStages = [
  'appointmentscheduled',
  'qualifiedtobuy',
  'presentationscheduled',
  'contractsent',
  'closedwon',
  'closedlost',
] as const;

export const ticketSubjects = [
  'Cannot sign in after password change',
  'Invoice shows the wrong address',
  'Export stops at row 500',
  'Delivery arrived incomplete',
  'Question about the service level',
  'Sensor reports no data since Monday',
  'Please add two users',
  'Replacement part needed',
] as const;

/** The last one has left the company. */
export const sampleOwners = [
  { id: '71000001', firstName: 'Imani', lastName: 'Okafor', email: 'imani.okafor@example.com' },
  { id: '71000002', firstName: 'Tomas', lastName: 'Lindqvist', email: 'tomas.lindqvist@example.com' },
  { id: '71000003', firstName: 'Priya', lastName: 'Raman', email: 'priya.raman@example.com', archived: true },
] as const;
