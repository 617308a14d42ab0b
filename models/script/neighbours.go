package script

// Namesakes tells whether somebody else in an allowed group has the very same
// name key as this person.
func (x *Index) Namesakes(id string, allow func(group string) bool) bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s, ok := x.slots[id]
	if !ok || x.people[s].key == "" {
		return false
	}
	p := &x.people[s]
	at, _ := x.inJoined(s)
	same := func(i int) (found, going bool) {
		other := &x.people[x.joined[i]]
		if other.skeleton != p.skeleton {
			return false, false
		}
		return other.key == p.key && allow(x.groups[other.group].name), true
	}
	for i := at - 1; i >= 0; i-- {
		if found, going := same(i); found || !going {
			if found {
				return true
			}
			break
		}
	}
	for i := at + 1; i < len(x.joined); i++ {
		if found, going := same(i); found || !going {
			return found
		}
	}
	return false
}

// Count is the number of people filed under a group.
func (x *Index) Count(groupName string) int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	g, ok := x.byName[groupName]
	if !ok {
		return 0
	}
	return len(x.groups[g].members)
}
