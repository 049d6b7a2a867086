package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// openTerminal opens a pseudo-terminal of 80 columns: what a person types is
// written to one end, and the other is the terminal of a process.
func openTerminal(t *testing.T) (person, terminal *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	t.Cleanup(func() { person.Close() })
	fd := int(person.Fd())
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: 80}); err != nil {
		t.Fatal(err)
	}
	terminal, err = os.OpenFile(fmt.Sprint("/dev/pts/", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminal: %v", err)
	}
	t.Cleanup(func() { terminal.Close() })
	return person, terminal
}

// conversation runs the program on a terminal, where each answer is typed as
// soon as a prompt stands there. It returns what stood on the terminal.
func conversation(t *testing.T, args []string, prompt string, answers ...string) string {
	t.Helper()
	person, terminal := openTerminal(t)
	cmd := exec.Command("dhow", args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = terminal, terminal, terminal
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	terminal.Close()
	late := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	var seen strings.Builder
	at, next := 0, 0
	for buffer := make([]byte, 4096); ; {
		n, err := person.Read(buffer)
		seen.Write(buffer[:n])
		if next < len(answers) {
			if i := strings.Index(seen.String()[at:], prompt); i >= 0 {
				at += i + len(prompt)
				fmt.Fprint(person, answers[next])
				next++
			}
		}
		if err != nil {
			break // the process has ended
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Logf("dhow %s: %v", strings.Join(args, " "), err)
	}
	if next < len(answers) {
		t.Errorf("%d questions instead of %d; the terminal has\n%s", next, len(answers), &seen)
	}
	return seen.String()
}

// What is in doubt is asked on a terminal, and the answers load the file.
// Ctrl-C at a question ends the import, and leaves nothing behind.
func TestQuestionsOnTerminal(t *testing.T) {
	dir := t.TempDir()
	file, db := filepath.Join(dir, "a.csv"), filepath.Join(dir, "a.db")
	text := "Decl No;Cell A;Cell B;Country of origin;Origin country\n1;87032319;1200.5;US;CN\n2;61091000;5;DE;DE\n3;84713000;7;FR;CN\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	const prompt = "(Enter gives up):"
	seen := conversation(t, []string{"import", file, "--db", db}, prompt, "\x03")
	if !strings.Contains(seen, "dhow: interrupted") {
		t.Errorf("Ctrl-C at a question: %s", seen)
	}
	if _, err := os.Stat(db); err == nil {
		t.Error("an interrupted import leaves a new database behind")
	}
	answers := []string{"2\n", "1\n", "1=quantity\n"}
	seen = conversation(t, []string{"import", file, "--db", db}, prompt, answers...)
	if !strings.Contains(seen, "3 rows read, 3 loaded, 0 rejected") {
		t.Errorf("the terminal has\n%s", seen)
	}
	book := filepath.Join(dir, "a.xlsx")
	if out, err := exec.Command("dhow", "-c", "COPY (FROM read_csv('"+file+"', all_varchar := true)) TO '"+book+"' (FORMAT xlsx)").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if seen := conversation(t, []string{"import", book, "--db", filepath.Join(dir, "b.db")}, prompt, answers...); !strings.Contains(seen, "3 rows read, 3 loaded, 0 rejected") {
		t.Errorf("of the workbook the terminal has\n%s", seen)
	}
	for line := range strings.Lines(seen) {
		if n := len([]rune(strings.TrimRight(line, "\r\n"))); n > 80 && !strings.Contains(line, file) {
			t.Errorf("a line of %d: %q", n, line)
		}
	}
	out, err := exec.Command("dhow", db, "-csv", "-c", "SELECT origin, hs_code, quantity FROM customs.declaration WHERE source_row = 1").CombinedOutput()
	if want := "origin,hs_code,quantity\nCN,87032319,1200.5\n"; err != nil || string(out) != want {
		t.Errorf("%v: loaded\n%s, want\n%s", err, out, want)
	}
}
