package decoy

// Dice has the filler throw other dice: what nobody does by chance, a test can
// count on.
func (d *Decoys) Dice(throw func(n int) int) { d.dice = throw }
