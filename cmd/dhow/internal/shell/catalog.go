package shell

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/dhowdb/dhow/cmd/dhow/internal/render"
)

var (
	//go:embed tables.sql
	tablesSQL string
	//go:embed schema.sql
	schemaSQL string
	//go:embed complete.sql
	completeSQL string
	//go:embed quality.sql
	qualitySQL string
)

// withText puts a text into one of the statements above, in which it stands as
// $text.
func withText(sqlText, text string) string {
	return strings.ReplaceAll(sqlText, "$text", "'"+strings.ReplaceAll(text, "'", "''")+"'")
}

func (sh *Shell) tables(ctx context.Context, args []string) error {
	pattern := "%"
	if len(args) == 1 {
		pattern = args[0]
		if !strings.Contains(pattern, "%") {
			// A bare word is found anywhere in the name; its _ means itself.
			pattern = "%" + strings.NewReplacer(`\`, `\\`, `_`, `\_`).Replace(pattern) + "%"
		}
	}
	return sh.sql(ctx, withText(tablesSQL, pattern))
}

func (sh *Shell) quality(ctx context.Context, args []string) error {
	table := "customs.declaration"
	if len(args) == 1 {
		table = args[0]
	}
	return sh.sql(ctx, withText(qualitySQL, table))
}

func (sh *Shell) schema(ctx context.Context, args []string) error {
	pattern := "%"
	if len(args) == 1 {
		pattern = args[0]
		if !strings.Contains(pattern, "%") {
			pattern = strings.NewReplacer(`\`, `\\`, `_`, `\_`).Replace(pattern)
		}
	}
	found := 0
	err := sh.cfg.DB.Run(ctx, withText(schemaSQL, pattern), func(rows render.Rows) error {
		var text []byte
		for rows.Next() {
			found++
			text = append(rows.AppendText(text[:0], 0), '\n')
			if _, err := sh.writer().Write(text); err != nil {
				return fmt.Errorf("write the schema: %w", err)
			}
		}
		return rows.Err()
	})
	if err == nil && found == 0 && len(args) == 1 {
		return fmt.Errorf("no table or view is called %q; .tables lists them", args[0])
	}
	return err
}

// importFiles runs .import.
func (sh *Shell) importFiles(ctx context.Context, args []string) error {
	if sh.cfg.Import == nil {
		return errors.New("files can't be imported in this build")
	}
	return sh.cfg.Import(ctx, args, sh.cfg.Out)
}

// sampleRows is how many declarations .sample makes unless told otherwise.
const sampleRows = 10_000

func (sh *Shell) sample(ctx context.Context, args []string) error {
	if sh.cfg.Sample == nil {
		return errors.New("there is no sample data in this build")
	}
	rows := sampleRows
	if len(args) == 1 {
		var err error
		if rows, err = count(args[0], 1); err != nil {
			return err
		}
	}
	done, err := sh.cfg.Sample(ctx, rows)
	if err != nil {
		return fmt.Errorf("make sample data: %w", err)
	}
	fmt.Fprintln(sh.cfg.Err, done)
	return nil
}

// deepestRead is how deep scripts may read scripts: more is a circle.
const deepestRead = 16

func (sh *Shell) read(ctx context.Context, args []string) error {
	if sh.reading == deepestRead {
		return fmt.Errorf("%s: .read is nested %d deep; does the file read itself?", args[0], deepestRead)
	}
	file, err := os.Open(args[0])
	if err != nil {
		return fmt.Errorf("read a script: %w", err)
	}
	sh.reading++
	err = sh.Script(ctx, args[0], file)
	sh.reading--
	return errors.Join(err, file.Close())
}
