-- screen.scale_of(source): a note where the scale of a robust z isn't the MAD of its own group.
CREATE OR REPLACE MACRO screen.scale_of(source) AS
    CASE source
        WHEN 'IQR' THEN ' (scale from the quartiles)'
        WHEN 'parent' THEN ' (scale of the wider group)'
        WHEN 'floor' THEN ' (least scale: the others are nearly equal)'
        ELSE ''
    END;
