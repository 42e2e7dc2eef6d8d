INSERT INTO erp_hubspot_map (netsuite_id, hubspot_company_id, synced_at) VALUES
  (10482, 9871236540, '2026-07-02 10:15:00'),
  (10517, 9871240022, '2026-07-02 10:15:00'),
  (11903, 9880117345, '2026-07-02 10:15:01');
