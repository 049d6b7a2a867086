package hs

// Target is a code that a code of another edition became.
type Target struct {
	Code     string  // six digits
	Weight   float64 // share of the trade in the code, 0 to 1
	Relation string  // 1:1, 1:n, n:1 or n:n
}

// Convert returns all subheadings of the edition to that a tariff code of the
// edition from is linked to, the best one, which hs_best gives, first. The weights
// sum to 1. The relation is that of the pair: its first part is n if the target
// is linked to other codes of the edition from as well, its second part is n if
// the code has other targets.
//
// To an older edition the target of the conversion table weighs 1 and the
// others 0. To a newer edition the targets that the conversion table leads
// back to the code share the weight equally: they are what it was split into.
// Where there is none, the target that hs_best gives weighs 1. So a code that is
// merely linked, as waste of 854911 is linked to hundreds of codes, weighs 0:
// such a target is possible, but nothing says that trade in it is
// common. Who knows their own trade should weigh by that instead.
//
// The code is what hs_normalize reads in code; of a national code the first six
// digits are converted. There are no targets where hs_best is NULL. Editions
// are named as in hs_valid; another name is an error.
//
// Source: UN Statistics Division, correlation and conversion tables HS1992 to
// HS2022.
func Convert(code, from, to string) ([]Target, error) {
	links, err := convertTexts("hs_convert", code, from, to)
	if err != nil || len(links) == 0 {
		return nil, err
	}
	targets := make([]Target, len(links))
	for i, l := range links {
		s := subheadingOf(l.target())
		targets[i] = Target{Code: s.String(), Weight: l.weight(), Relation: l.relation()}
	}
	return targets, nil
}

// weight is the share of the trade in a code that goes to the link's target.
func (l link) weight() float64 {
	if n := l.sharers(); n > 0 {
		return 1 / float64(n)
	}
	return 0
}
