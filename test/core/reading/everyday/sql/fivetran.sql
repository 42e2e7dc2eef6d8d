-- lost deals that still hang on the wrong parent, FIN-20418
select d.deal_id, d.property_dealname, dc.company_id, d.owner_id
from hubspot.deal d
join hubspot.deal_company dc on dc.deal_id = d.deal_id
where d.deal_id in (39920417336, 39920417401,
                    39921866072, 39923300518)
  and dc.company_id <> 27715044390
  and d.deal_pipeline_stage_id = '1055720118'
  and d.owner_id = 68114027
  and d.property_amount > 25000
  and d.property_closedate >= '2026-01-01'
limit 5000;
