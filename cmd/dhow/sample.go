package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/dhowdb/dhow/engine"
)

const (
	defaultSampleRows = 100_000
	defaultSeed       = 1
)

func (a *app) sampleCommand() *cobra.Command {
	var rows float64
	var seed uint64
	var output, truth string
	cmd := &cobra.Command{
		Use:   "sample -o FILE",
		Short: "Write synthetic declarations with planted cases",
		Long: "Writes synthetic import declarations, and on demand the truth about the cases planted among them. The same\n" +
			"rows and seed give the same declarations.",
		Example: "  dhow sample --rows 1e6 -o sample.parquet --truth truth.csv",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("sample takes no argument %q; the file is given with -o", args[0])}
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error {
			if output == "" {
				return usageError{errors.New("say where to write the sample: -o FILE")}
			}
			if rows < 1 {
				return usageError{errors.New("--rows must be at least 1")}
			}
			return a.writeSample(engine.Sample{Rows: int64(rows), Seed: seed}, output, truth)
		},
	}
	cmd.Flags().Float64Var(&rows, "rows", defaultSampleRows, "number of declared lines; 1e6 will do")
	cmd.Flags().Uint64Var(&seed, "seed", defaultSeed, "what the chance starts from")
	cmd.Flags().StringVarP(&output, "output", "o", "", "file of declarations (.csv .parquet .json .xlsx)")
	cmd.Flags().StringVar(&truth, "truth", "", "file of the planted cases (.csv .parquet .json .xlsx)")
	return cmd
}

func (a *app) writeSample(sample engine.Sample, output, truth string) (err error) {
	for _, path := range []string{output, truth} {
		if path == "" {
			continue
		}
		if err := engine.CheckResultPath(path); err != nil {
			return usageError{err}
		}
	}
	ctx, stop := a.context()
	defer stop()
	db, err := a.open(ctx, "")
	if err != nil {
		return err
	}
	defer closing(db, &err)
	start := time.Now()
	if err := db.WriteSample(ctx, output, sample); err != nil {
		return err
	}
	if truth != "" {
		if err := db.WriteSampleTruth(ctx, truth, sample); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.err, "%s declared lines written to %s in %.1f s\n",
		grouped(float64(sample.Rows)), output, time.Since(start).Seconds())
	return nil
}
