-- valuation_text(lang, kind, flaw, why): The explanation of valuation_anomalies in English (en), French (fr) or Arabic (ar).
--
-- why is a struct of what it speaks of; any other lang is an error.
CREATE OR REPLACE TEMP MACRO valuation_text(lang, kind, flaw, why) AS
    CASE lang
        WHEN 'en' THEN CASE
            WHEN kind = 'OK' THEN 'The unit value is usual for these goods.'
            WHEN flaw = 'code' THEN 'The HS code can''t be read, so there is nothing to compare with.'
            WHEN flaw = 'value' THEN 'The value is missing, zero, negative or absurd: it is no price.'
            WHEN flaw = 'quantity' THEN 'Mass and quantity are missing, zero, negative or absurd: there is no unit value.'
            WHEN kind IS NULL THEN 'Too few lines of like goods to say what they are worth.'
            ELSE 'Unit value ' || why.unit_value || ' against ' || why.fair_price || ' for ' || why.goods || ' (' || why.n || ' lines, robust z ' || why.z || ')'
                || coalesce('; ' || why.habit || ' is usual between these traders (z ' || why.habit_z || ')', '')
                || CASE kind
                    WHEN 'UNIT' THEN ': the unit seems to be mistaken by ' || why.factor || '.'
                    WHEN 'MISCLASSIFIED?' THEN ': it fits HS ' || why.neighbour || ' better, usually ' || why.neighbour_price || coalesce(', duty ' || why.neighbour_rate || ' %', '') || '.'
                    WHEN 'UNDER' THEN ': low by ' || why.gap || coalesce(', duty at stake ' || why.duty, '') || '.'
                    WHEN 'OVER' THEN ': high by ' || why.gap || '.'
                END
        END
        WHEN 'fr' THEN CASE
            WHEN kind = 'OK' THEN 'La valeur unitaire est habituelle pour ces marchandises.'
            WHEN flaw = 'code' THEN 'Le code SH est illisible : rien à comparer.'
            WHEN flaw = 'value' THEN 'La valeur est absente, nulle, négative ou aberrante : ce n''est pas un prix.'
            WHEN flaw = 'quantity' THEN 'Masse et quantité sont absentes, nulles, négatives ou aberrantes : pas de valeur unitaire.'
            WHEN kind IS NULL THEN 'Trop peu de lignes de marchandises semblables pour estimer leur valeur.'
            ELSE 'Valeur unitaire ' || why.unit_value || ' contre ' || why.fair_price || ' pour ' || why.goods || ' (' || why.n || ' lignes, z robuste ' || why.z || ')'
                || coalesce(' ; ' || why.habit || ' est habituel entre ces opérateurs (z ' || why.habit_z || ')', '')
                || CASE kind
                    WHEN 'UNIT' THEN ' : l''unité semble erronée d''un facteur ' || why.factor || '.'
                    WHEN 'MISCLASSIFIED?' THEN ' : elle correspond mieux au SH ' || why.neighbour || ', d''ordinaire ' || why.neighbour_price || coalesce(', droit ' || why.neighbour_rate || ' %', '') || '.'
                    WHEN 'UNDER' THEN ' : inférieure de ' || why.gap || coalesce(', droits en jeu ' || why.duty, '') || '.'
                    WHEN 'OVER' THEN ' : supérieure de ' || why.gap || '.'
                END
        END
        WHEN 'ar' THEN CASE
            WHEN kind = 'OK' THEN 'قيمة الوحدة معتادة لهذه البضائع.'
            WHEN flaw = 'code' THEN 'رمز النظام المنسق غير مقروء، فلا شيء للمقارنة به.'
            WHEN flaw = 'value' THEN 'القيمة مفقودة أو صفر أو سالبة أو غير معقولة، فليست سعرا.'
            WHEN flaw = 'quantity' THEN 'الكتلة والكمية مفقودتان أو صفر أو سالبتان أو غير معقولتين، فلا قيمة للوحدة.'
            WHEN kind IS NULL THEN 'بنود البضائع المماثلة أقل من أن تحدد قيمتها.'
            ELSE 'قيمة الوحدة ' || why.unit_value || ' مقابل ' || why.fair_price || ' لبضائع ' || why.goods || ' (' || why.n || ' بندا، درجة z المتينة ' || why.z || ')'
                || coalesce('؛ والمعتاد بين هذين التاجرين ' || why.habit || ' (z ' || why.habit_z || ')', '')
                || CASE kind
                    WHEN 'UNIT' THEN ': يبدو أن الوحدة خاطئة بمعامل ' || why.factor || '.'
                    WHEN 'MISCLASSIFIED?' THEN ': وهي أقرب إلى الرمز ' || why.neighbour || '، وقيمته المعتادة ' || why.neighbour_price || coalesce('، ورسمه ' || why.neighbour_rate || ' %', '') || '.'
                    WHEN 'UNDER' THEN ': أقل بمقدار ' || why.gap || coalesce('، والرسوم المعرضة للضياع ' || why.duty, '') || '.'
                    WHEN 'OVER' THEN ': أعلى بمقدار ' || why.gap || '.'
                END
        END
        ELSE error('valuation_anomalies: lang := ''' || coalesce(lang, 'NULL') || ''' is none of en, fr and ar')
    END;
