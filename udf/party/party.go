// Package party has the SQL functions for traders' names: a canonical form, a
// key under which the Arabic and the Latin spellings of a firm meet, and a
// similarity. For Go it also has [Clusters], which groups the spellings that
// are likely one firm.
//
// It knows how names are written, not who the firms are: names that are alike may be
// two firms, and one firm may trade under two names. Arabic and Latin
// script are read; names in other scripts are cleaned, but not transliterated.
//
// All that is known of languages is in tables beside the code: fold.tsv
// (letters that stand for others), forms.tsv (legal forms and conjunctions),
// words.tsv (words of trade), short.tsv (short forms of names), letters.tsv and
// sounds.tsv (transliteration) and near.tsv (sounds that are written for each
// other).
//
// # How well names are found
//
// On the importers of the sample declarations, of which some 1 % are in
// another spelling than the firm's own, half of those in another script, pairs
// of spellings of one firm are right (precision) and found (recall) so:
//
//	rows     seed  spellings  keys          clusters
//	200 000    42      5 786  1.000, 1.000  1.000, 0.999
//	200 000     7      5 879  1.000, 1.000  1.000, 0.998
//	 50 000     1      2 500  1.000, 1.000  1.000, 0.996
//
// The sample's firms are named with 64 made-up names, whose spellings were known
// when the tables were written, so real data will do worse. Of
// 277 hand-written Latin spellings of 68 Arabic names in use (testdata), 276
// have the key of the Arabic one. A million spellings of names made up of random
// letters, 1 in 20 with a letter lost, cluster with precision 0.996 and recall
// 0.969; the loss is in those slips.
//
// What keys and similarities can't see: vowels that Arabic doesn't write (Ali and
// Ola meet in one key), and translated names, other than words of trade (Shams
// and Sun don't meet).
package party

import "github.com/dhowdb/dhow/udf"

// Funcs are the functions of this family.
var Funcs = []udf.Func{normalize, key, similarity}
