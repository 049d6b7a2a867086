-- shown_price(x, currency, unit): A price as explanations show it: 3.1 USD/kg.
--
-- Units are codes of UN Recommendation 20; the usual ones are shown by their signs.
CREATE OR REPLACE TEMP MACRO shown_price(x, currency, unit) AS
    shown_number(x) || coalesce(' ' || currency, '')
    || coalesce('/' || coalesce(MAP {
        'KGM': 'kg', 'GRM': 'g', 'TNE': 't', 'CTM': 'ct', 'LTR': 'l', 'MTR': 'm', 'MTK': 'm²', 'MTQ': 'm³', 'KWH': 'kWh'
    }[unit], unit), '');
