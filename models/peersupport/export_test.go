package peersupport

// What the tests read again from the store afterwards.
var (
	Diaries     = diaries
	AllSessions = sessions
)
