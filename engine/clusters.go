package engine

import (
	"strings"

	"github.com/dhowdb/dhow/udf"
	"github.com/dhowdb/dhow/udf/party"
)

// clustersFunc returns the function party_cluster_numbers, of which the macro
// party_clusters is made. It takes all names as one text, with the character 0
// between them, and returns the number of each one's cluster.
func clustersFunc() udf.Func {
	number := func(c *udf.Chunk, i int, items *udf.Items) error {
		for _, cluster := range party.Clusters(strings.Split(udf.At[string](&c.Args[0], i), "\x00")) {
			items.Double(0, float64(cluster))
			items.Next()
		}
		return nil
	}
	return udf.Func{
		Name:   "party_cluster_numbers",
		Kernel: udf.Lists(party.Clusters, []udf.Type{udf.Varchar}, []udf.Field{{Type: udf.Double}}, number),
	}
}
