package main

import (
	"compress/gzip"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

func init() { generators = append(generators, places) }

var (
	// port_own.tsv has ports of the region that the collected list of sea
	// ports lacks, with names of our own.
	//go:embed port_own.tsv
	ownPorts string
	// port_alias.tsv has other names of ports.
	//go:embed port_alias.tsv
	portAliases string
)

// place is where a code of UN/LOCODE lies.
type place struct {
	name     string
	lat, lon float64
}

// places makes the tables of ports, airports and all places of UN/LOCODE.
func places(from string) ([]table, error) {
	dir := filepath.Join(from, "ports")
	all, codes, err := readLocode(filepath.Join(dir, "unlocode_2024-2.csv.gz"))
	if err != nil {
		return nil, fmt.Errorf("read the places: %w", err)
	}
	ports, err := readCSV(filepath.Join(dir, "sea_ports.csv"))
	if err != nil {
		return nil, fmt.Errorf("read the ports: %w", err)
	}
	airports, err := readCSV(filepath.Join(dir, "airports_iata.csv"))
	if err != nil {
		return nil, fmt.Errorf("read the airports: %w", err)
	}
	locode := table{
		name: "locode", source: "UNECE, UN/LOCODE", licence: "ODC-PDDL", date: "2024-2",
		columns: []string{"code:VARCHAR", "name:VARCHAR", "lat:DOUBLE", "lon:DOUBLE"},
	}
	for _, code := range codes {
		p := all[code]
		lat, lon := p.position(2)
		locode.rows = append(locode.rows, []string{code, p.name, lat, lon})
	}
	alias := table{
		name: "port_alias", source: "dhow", licence: "own words", date: "2026",
		columns: []string{"alias:VARCHAR", "code:VARCHAR"}, rows: own(portAliases),
	}
	port, err := seaPorts(ports, all)
	if err != nil {
		return nil, err
	}
	airport, err := airportTable(airports, all)
	if err != nil {
		return nil, err
	}
	return []table{port, airport, locode, alias}, nil
}

// readLocode returns the places of UN/LOCODE, and their codes sorted.
func readLocode(path string) (map[string]place, []string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	rows, err := csv.NewReader(unpacked).ReadAll()
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, nil, err
	}
	all := map[string]place{}
	var codes []string
	for _, row := range rows[1:] {
		p, err := placeOf(row[1], row[5], row[6])
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", row[0], err)
		}
		if _, twice := all[row[0]]; !twice {
			codes = append(codes, row[0])
		}
		all[row[0]] = p
	}
	slices.Sort(codes)
	return all, codes, nil
}

func placeOf(name, lat, lon string) (place, error) {
	y, err1 := strconv.ParseFloat(lat, 64)
	x, err2 := strconv.ParseFloat(lon, 64)
	return place{plain(name), y, x}, errors.Join(err1, err2)
}

// position returns the coordinates of a place as cells, empty for the few
// places that lie off the globe by a slip of their publisher.
func (p place) position(decimals int) (lat, lon string) {
	if math.Abs(p.lat) > 90 || math.Abs(p.lon) > 180 {
		return "", ""
	}
	return degrees(p.lat, decimals), degrees(p.lon, decimals)
}

func seaPorts(rows [][]string, all map[string]place) (table, error) {
	t := table{
		name: "port", source: "UNECE, UN/LOCODE; sea-ports", licence: "ODC-PDDL, MIT", date: "2024-2",
		columns: []string{"code:VARCHAR", "name:VARCHAR", "country:VARCHAR", "lat:DOUBLE", "lon:DOUBLE"},
	}
	add := func(code string, p place) {
		lat, lon := p.position(4)
		t.rows = append(t.rows, []string{code, p.name, code[:2], lat, lon})
	}
	for _, row := range rows {
		if row[3] == "" { // without coordinates
			p, ok := all[row[0]]
			if p.name = row[1]; ok {
				add(row[0], p)
			} else {
				t.rows = append(t.rows, []string{row[0], row[1], row[0][:2], "", ""})
			}
			continue
		}
		p, err := placeOf(row[1], row[3], row[4])
		if err != nil {
			return t, fmt.Errorf("port %s: %w", row[0], err)
		}
		add(row[0], p)
	}
	for _, row := range own(ownPorts) {
		add(row[0], place{row[1], all[row[0]].lat, all[row[0]].lon})
	}
	slices.SortFunc(t.rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return t, nil
}

// airportTable gives an airport the code of UN/LOCODE that ends in its IATA
// code, unless that is another place, far away.
func airportTable(rows [][]string, all map[string]place) (table, error) {
	t := table{
		name: "airport", source: "OurAirports; UNECE, UN/LOCODE", licence: "public domain; ODC-PDDL", date: "2024",
		columns: []string{"code:VARCHAR", "icao:VARCHAR", "locode:VARCHAR", "name:VARCHAR", "country:VARCHAR", "lat:DOUBLE", "lon:DOUBLE"},
	}
	const nearKM = 60
	for _, row := range rows {
		iata, country := row[0], row[3]
		p, err := placeOf(row[2], row[4], row[5])
		if err != nil {
			return t, fmt.Errorf("airport %s: %w", iata, err)
		}
		code := country + iata
		if at, ok := all[code]; !ok || distanceKM(at, p) > nearKM {
			code = ""
		}
		lat, lon := p.position(4)
		t.rows = append(t.rows, []string{iata, row[1], code, p.name, country, lat, lon})
	}
	slices.SortFunc(t.rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return t, nil
}

// distanceKM is right for places near each other, and large for others.
func distanceKM(a, b place) float64 {
	const kmPerDegree = 111.2
	return kmPerDegree * math.Hypot(a.lat-b.lat, (a.lon-b.lon)*math.Cos(b.lat*math.Pi/180))
}

// degrees returns an angle as text with at most that many decimals.
func degrees(x float64, decimals int) string {
	scale := math.Pow10(decimals)
	return strconv.FormatFloat(math.Round(x*scale)/scale, 'f', -1, 64)
}
