// Package datasets holds the reference facts that travel in the binary and the
// generator of synthetic declarations. It knows neither DuckDB nor SQL: it
// gives Go values, and batches of columns that an adapter copies into vectors.
//
// # Synthetic declarations
//
// A [Sample] is a set of import declarations of a made-up customs
// administration on the Gulf, as a raw export of its system would show them, for
// demonstrations, tests and benchmarks. Rows and Seed are all that it takes;
// the rest are facts in the files of the folder sample and constants beside the
// code that uses them:
//
//   - goods.tsv: about 690 subheadings of HS 2022 with weight, duty rate, unit,
//     mass and price of a unit, distance of price grades, mix of origins, season
//     and mode of transport. Weights and prices are rough figures of our own, not
//     statistics.
//   - origins.tsv, countries.tsv, currencies.tsv, places.tsv, units.tsv,
//     calendar.tsv: where goods come from, how dear a country is, what it invoices
//     in, where goods arrive, how quantities are mistaken, and when trade is high.
//   - stems.tsv, joiners.tsv, sectors.tsv, exporters.tsv: words that firms are
//     named with. All firms are made up; a likeness to a real one is chance.
//
// The seed makes a world of traders: 12 √Rows importers, 200 to 15 000, whose
// share of the lines falls with their rank k as 1/(k + 8). Each deals in
// one to five chapters, buys again and again from the same suppliers, and each
// supplier sends the same few goods in the same price grade. So a
// price is
//
//	level of the good × grade × country × trader × general level of the week × noise
//
// with noise as the exponential of a normal draw, and 2.7 % off for twice the
// quantity. The number of items of a declaration has a Pareto tail. Rows are in
// the order of registration over the years 2022 to 2024, with a weekend of Friday
// and Saturday (as in most of the Gulf; the Emirates moved theirs in 2022), less
// trade in Ramadan and on holidays, and seasons for foods, gifts and
// coolers. Duty is 0, 5, 50 or 100 per cent; origins with a preference are free
// of the 5 per cent if they have a certificate; a consignment of one item up to
// [ReliefThreshold] pays none; goods for a warehouse or in temporary admission
// pay none now.
//
// # Planted cases
//
// About 6.5 per cent of the lines are planted, and [Generator.Truth] tells which
// and what would be true. The first five kinds below sit in lanes of few traders,
// where they befall every second line, the sixth with few suppliers.
//
//	under_valuation    value × 0.20 to 0.60, stable for a trader's lane
//	over_valuation     value × 1.8 to 4
//	misclassification  code of similar goods with a lower duty; the value is true
//	origin_switch      origin with a preference; supplier and price stay
//	lost_zero          leading zero of the code lost
//	split_consignment  three to seven declarations of one day, each just under the threshold
//	unit_slip          quantity × 1000, 12, 0.001 …, as if in another unit
//	name_variant       importer in another spelling or script than its own
//
// A few lines more have no quantity, origin, mass or description. They are in no
// planted line and no truth.
//
// # What it is not
//
// Fraud is drawn at random, not in answer to controls. Traders neither
// appear nor vanish nor change their habits. Descriptions are short English
// names, never Arabic ones and without misspellings. There are no freight, insurance,
// excise, value added tax or terms of delivery. A declaration never
// crosses a batch, so the last one of a batch may be cut short. Shares
// hold for large samples; below some 10 000 rows single kinds can be missing.
// A small seed change gives an unrelated world, and so does another number of
// rows. Floating-point arithmetic differs between processor families
// in its last bit, so equal bytes are promised for one family only.
package datasets
