-- screen.price_of(x, currency_, unit_): a unit value in words: 3.1 USD/kg.
--
-- Units are codes of UN Recommendation 20; the usual ones are said in words.
CREATE OR REPLACE MACRO screen.price_of(x, currency_, unit_) AS
    screen.figure(x) || coalesce(' ' || currency_ || '/', ' per ')
    || coalesce(MAP {
        'KGM': 'kg', 'GRM': 'g', 'TNE': 't', 'CTM': 'carat', 'LTR': 'litre', 'MTR': 'm', 'MTK': 'm²', 'MTQ': 'm³',
        'H87': 'piece', 'NMB': 'piece', 'C62': 'piece', 'PR': 'pair', 'DZN': 'dozen', 'KWH': 'kWh'
    }[unit_], unit_);
