package engine

import (
	"github.com/dhowdb/dhow/udf"
)

// valuationFuncs returns the functions of a database that valuation_anomalies is
// made of.
func (c *connector) valuationFuncs() []udf.Func {
	return []udf.Func{{Name: "reporting_rates_sql", Kernel: udf.Try1(c.reportingRatesSQL)}}
}

// reportingRatesSQL returns a query for the rates into the reporting currency:
// from the day of the rate on, one unit of currency is worth factor units of
// reporting. A database without the tables of the customs model has none.
func (c *connector) reportingRatesSQL(string) (string, error) {
	const rates = "SELECT currency, rate_date, factor, (SELECT value FROM customs.setting WHERE name = 'reporting_currency') AS reporting FROM customs.conversion " +
		"UNION ALL SELECT value, DATE '0001-01-01', 1, value FROM customs.setting WHERE name = 'reporting_currency' AND value IS NOT NULL"
	if c.bind(rates) == nil {
		return rates, nil
	}
	return "SELECT NULL::VARCHAR AS currency, NULL::DATE AS rate_date, NULL::DOUBLE AS factor, NULL::VARCHAR AS reporting WHERE false", nil
}
