DELETE FROM stg_contacts WHERE id = ANY('{51234567,51234568}'::bigint[]);
SELECT * FROM deals WHERE id = ANY(ARRAY[17982944313, 17982944314]) LIMIT 100;
select * from tickets where id between 2201938000 and 2201939000;
