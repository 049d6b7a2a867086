package ingest

import "slices"

// identities are the columns of a declaration that tell it from a sum of
// declarations: a file that has one of them is no table of trade statistics.
var identities = []string{
	"declaration_id", "item_no", "importer", "importer_id", "exporter", "exporter_id", "declarant", "declarant_id",
	"invoice_no", "transport_document", "container", "manifest", "declaration_date",
}

// sums are the columns of trade statistics that declarations don't have.
var sums = []string{"flow", "period", "year", "month", "reporter", "hs_edition", "is_aggregate"}

func anyOf(mapped []Mapped, columns []string) bool {
	return slices.ContainsFunc(columns, func(c string) bool { return indexOf(mapped, c) >= 0 })
}

// chooseTable proposes a mapping into the table that the headers of a file
// speak of: that of a known layout; declarations, if something in them tells
// one from another; else the first of the other tables that has all it needs.
// A file that fits none is judged as declarations.
func chooseTable(header []string, sample [][]string, opts Options) (proposal, error) {
	if l := layoutOf(nil, header); l != nil {
		return propose(l.target, header, sample, opts)
	}
	declared, declaredErr := propose(tableNamed(DefaultTarget), header, sample, opts)
	complete := declaredErr == nil && !declared.lacks()
	if complete && anyOf(declared.mapped, identities) {
		return declared, nil
	}
	for _, t := range targets {
		if t.name == DefaultTarget {
			continue
		}
		p, err := propose(t, header, sample, opts)
		if err == nil && !p.lacks() && p.isRegister() && (!complete || t.name == flowTarget && anyOf(p.mapped, sums)) {
			return p, nil
		}
	}
	return declared, declaredErr
}

// ofParties are columns of a register of parties that lists of other things
// with a name or a code don't have.
var ofParties = []string{"address", "phone", "activity", "since", "authorised"}

// surelyParty is how sure a number must be that of a party by its name alone.
const surelyParty = 0.85

// isRegister tells whether what would go to customs.party is about parties: a
// list of ports or currencies has names, countries and codes too.
func (p *proposal) isRegister() bool {
	if p.target.name != "customs.party" || anyOf(p.mapped, ofParties) {
		return true
	}
	i := indexOf(p.mapped, "party_id")
	return i >= 0 && p.mapped[i].Confidence >= surelyParty
}

// lacks tells whether the table needs a column that wasn't found.
func (p *proposal) lacks() bool {
	return slices.ContainsFunc(p.doubts, func(d Doubt) bool { return d.Needed != nil })
}

func tableNamed(name string) *target {
	return targets[slices.IndexFunc(targets, func(t *target) bool { return t.name == name })]
}
