-- x: importers of the sample's declarations: thousands of names, of which some have most
-- of the lines; 1 % are in another spelling than the firm's own, half of them in Arabic.
SELECT importer AS x FROM sample_declarations(rows := getvariable('rows'), seed := 1)
