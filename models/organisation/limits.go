package organisation

import (
	"fmt"
	"slices"
)

// Unit is what a number counts.
type Unit string

// The units.
const (
	Minutes     Unit = "minutes"
	Hours       Unit = "hours"
	Days        Unit = "days"
	WorkingDays Unit = "workingDays"
	Months      Unit = "months"
	People      Unit = "people"
)

// Number is a number that is left to the organisation. The noun that reads it
// declares it, with bounds inside which nobody is less safe than the product
// promises: whatever stands in the store, Of never leaves them.
type Number struct {
	Key         string
	Unit        Unit
	Usual       int // where nothing was chosen
	Least, Most int
}

var numbers []Number

// Declare puts a number on the page of settings, if there is anything to choose.
// It belongs to package variables; a number that makes no sense panics.
func Declare(n Number) Number {
	if n.Least < 1 || n.Usual < n.Least || n.Most < n.Usual || numberOf(n.Key) != nil {
		panic(fmt.Sprintf("organisation: %s: %d to %d, usually %d", n.Key, n.Least, n.Most, n.Usual))
	}
	if n.Least < n.Most {
		numbers = append(numbers, n)
	}
	return n
}

// Numbers lists what there is to choose, in the order in which it was declared.
func Numbers() []Number { return slices.Clone(numbers) }

func numberOf(key string) *Number {
	for i := range numbers {
		if numbers[i].Key == key {
			return &numbers[i]
		}
	}
	return nil
}

// Of is the number as the organisation has it; the usual one without settings.
func (n Number) Of(s *Settings) int {
	if s == nil {
		return n.Usual
	}
	chosen, ok := s.chosen[n.Key]
	if !ok {
		return n.Usual
	}
	return min(max(chosen, n.Least), n.Most)
}
