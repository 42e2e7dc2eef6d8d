SELECT * FROM deals d JOIN companies c ON c.id = d.company_id WHERE d.id IN (17982944313, 17982944314) AND d.portal_id = 62515;
