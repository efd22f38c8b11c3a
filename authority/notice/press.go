package notice

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"slices"
	"strings"
	texttemplate "text/template"

	"filtjanst/calendar"
)

//go:embed letters/*.txt
var letterFiles embed.FS

const (
	partsFile = "_parts"
	coverFile = "cover"
)

// Press makes letters of their words: as PDF, and as HTML with the same words.
// The same letter gives the same bytes.
type Press struct {
	matrix     *Matrix
	sender     Sender
	forwarding Office
	words      map[string]*texttemplate.Template // by message, and the cover
	page       *template.Template
}

// NewPress reads the templates of all letters of the matrix. Letters are sent
// by the sender; those to protected persons go to the office of forwarding.
func NewPress(matrix *Matrix, sender Sender, forwarding Office) (*Press, error) {
	if strings.TrimSpace(sender.Name) == "" {
		return nil, errors.New("notice: the sender of letters has no name: configure the authority's name")
	}
	if strings.TrimSpace(forwarding.Name) == "" || strings.TrimSpace(forwarding.Address.Town) == "" {
		return nil, errors.New("notice: there is no address to which letters to protected persons go: configure the office that forwards them")
	}
	page, err := template.New("letter").Funcs(htmlFunctions()).Parse(htmlLetter)
	if err != nil {
		return nil, fmt.Errorf("notice: the HTML of letters: %w", err)
	}
	p := &Press{matrix: matrix, sender: sender, forwarding: forwarding, words: map[string]*texttemplate.Template{}, page: page}
	names := []string{coverFile}
	for _, e := range matrix.entries {
		if e.HasLetter() {
			names = append(names, string(e.ID))
		}
	}
	for _, name := range names {
		if p.words[name], err = readWords(name); err != nil {
			return nil, fmt.Errorf("notice: the words of %s: %w", name, err)
		}
	}
	return p, nil
}

func readWords(name string) (*texttemplate.Template, error) {
	t := texttemplate.New(name).Funcs(functions()).Option("missingkey=error")
	for _, file := range []string{partsFile, name} {
		source, err := letterFiles.ReadFile("letters/" + file + ".txt")
		if err != nil {
			return nil, err
		}
		if _, err := t.Parse(marked(string(source))); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// sheet is what one letter, or the sheet before it, shows.
type sheet struct {
	Title   string
	Window  []string // in the window of the envelope
	Head    []Row
	Parties []Row
	Blocks  []block
	Foot    string
	Sender  Sender
	Day     calendar.Day
}

// sheets are what the letter consists of: before one that is forwarded, the
// request to the office that forwards.
func (p *Press) sheets(it Item) ([]sheet, error) {
	if it.Blocked {
		return nil, fmt.Errorf("notice: letter %d is blocked", it.ID)
	}
	if err := p.matrix.check(it.Letter); err != nil {
		return nil, err
	}
	l := withhold(it.Letter)
	main, err := p.letter(l)
	if err != nil {
		return nil, fmt.Errorf("notice: letter %d (%s): %w", l.ID, l.Message, err)
	}
	main.Foot = foot(it, string(it.Message))
	if l.Route() == Post {
		return []sheet{main}, nil
	}
	cover, err := p.cover(l)
	if err != nil {
		return nil, fmt.Errorf("notice: the request to forward letter %d: %w", l.ID, err)
	}
	cover.Foot = foot(it, "förmedling")
	return []sheet{cover, main}, nil
}

// profile tells what layout and wording are.
const profile = "Egen profil"

func foot(it Item, about string) string {
	text := fmt.Sprintf("%s · brev %d · %s", profile, it.ID, about)
	if it.Attempt > 1 {
		text += fmt.Sprintf(" · utskrift %d", it.Attempt)
	}
	return text
}

func (p *Press) letter(l Letter) (sheet, error) {
	e := p.matrix.byID[l.Message]
	s, err := p.write(string(l.Message), e.told(l), l)
	if err != nil {
		return sheet{}, err
	}
	s.Window = window(l.Recipient)
	s.Head = head(l)
	if text := onBehalf(l); text != "" {
		s.Blocks = slices.Insert(s.Blocks, 0, block{Kind: paragraph, Text: text})
	}
	s.Blocks = withClosing(s.Blocks, p.closing(l))
	for _, party := range l.Parties {
		s.Parties = append(s.Parties, Row{Label: party.Role.title(), Value: party.shown(l.Day)})
	}
	return s, nil
}

// cover asks the office to forward the letter. It names the person and not what
// the letter is about.
func (p *Press) cover(l Letter) (sheet, error) {
	data := map[string]string{
		"Name": oneLine(l.Recipient.Name), "Identity": l.Recipient.number(l.Day), "Letter": fmt.Sprint("brev ", l.ID),
	}
	s, err := p.write(coverFile, data, l)
	if err != nil {
		return sheet{}, err
	}
	s.Window = window(Person{Name: p.forwarding.Name, Address: p.forwarding.Address})
	s.Head = []Row{{Label: "Datum", Value: l.Day.String()}}
	return s, nil
}

func (p *Press) write(name string, data any, l Letter) (sheet, error) {
	var text strings.Builder
	if err := p.words[name].Execute(&text, data); err != nil {
		return sheet{}, err
	}
	title, blocks, err := parse(text.String())
	return sheet{Title: title, Blocks: blocks, Sender: p.sender, Day: l.Day}, err
}
