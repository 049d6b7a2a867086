package render

// writeNDJSON writes one JSON object a line and nothing when there are no rows.
func writeNDJSON(out *sink, rows Rows, _ Options) error {
	keys, err := jsonKeys(rows.Columns())
	if err != nil {
		return err
	}
	for rows.Next() {
		out.object(keys, rows)
		out.buf = append(out.buf, '\n')
		if err := out.next(); err != nil {
			return err
		}
	}
	return rows.Err()
}
