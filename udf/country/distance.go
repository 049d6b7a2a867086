package country

import (
	"math"

	"github.com/dhowdb/dhow/udf"
)

var distance = udf.Func{
	Name:   "country_distance_km",
	Unit:   "km",
	Kernel: udf.Overload(distanceOf(texts), distanceOf(wholes), distanceOf(floats)),
	Examples: []udf.Example{
		{SQL: "SELECT round(country_distance_km('AE', 'FR'))", Want: "5221.0"},
		{SQL: "SELECT country_distance_km('AE', 'AE')", Want: "0.0"},
	},
}

// earthRadius is the mean radius R₁ of the International Union of Geodesy and
// Geophysics: (2a + b)/3 of the ellipsoid GRS 80.
const earthRadius = 6371.0088

// DistanceKm returns the great-circle distance between the reference points of
// two countries: the middle of a country's largest piece of land. The countries
// may be written in every form that country_normalize reads; what is no country
// is an error.
//
//	d = 2R · asin(|u − v| / 2), R = 6371.0088 km
//
// u and v are the points on the unit sphere; this is the haversine formula.
//
// Against the WGS 84 ellipsoid the result is off by up to about 0.6 %; far
// more comes from letting a point stand for a country: it is the distance
// neither of capitals nor of ports, and 0 within a country. The coordinates are
// in ref.country.
//
// Source: R. W. Sinnott, “Virtues of the Haversine”, Sky & Telescope 68(2),
// 1984, p. 159; coordinates from Natural Earth 1:50m.
func DistanceKm(a, b string) (float64, error) {
	p, err := placeOf("country_distance_km", a)
	if err != nil {
		return 0, err
	}
	q, err := placeOf("country_distance_km", b)
	if err != nil {
		return 0, err
	}
	return p.distance(q), nil
}

// distance is NaN if either has no reference point; a test holds that all do.
func (p *place) distance(q *place) float64 {
	if !p.located || !q.located {
		return math.NaN()
	}
	half := math.Sqrt((p.x-q.x)*(p.x-q.x)+(p.y-q.y)*(p.y-q.y)+(p.z-q.z)*(p.z-q.z)) / 2
	return 2 * earthRadius * math.Asin(min(half, 1))
}

// measure returns the distances between all countries, 250 rows of as many: an
// arc sine costs more than a look at half a megabyte.
func (b *book) measure() []float64 {
	n := len(b.places)
	all := make([]float64, n*n)
	for i := range b.places {
		for j := range b.places[:i] {
			d := b.places[i].distance(&b.places[j])
			all[i*n+j], all[j*n+i] = d, d
		}
	}
	return all
}

func distanceOf[T any](t column[T]) udf.Kernel {
	const function = "country_distance_km"
	return udf.Vectorized(DistanceKm, []udf.Type{t.typ, t.typ}, udf.Double, rows(func(b *book, c *udf.Chunk, i int) error {
		p, err := t.placeAt(function, b, &c.Args[0], i)
		if err != nil {
			return err
		}
		q, err := t.placeAt(function, b, &c.Args[1], i)
		if err != nil {
			return err
		}
		udf.Results[float64](&c.Out, i+1)[i] = b.distances()[p*len(b.places)+q]
		return nil
	}))
}
