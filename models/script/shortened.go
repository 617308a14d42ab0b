package script

// oneName joins keys of one name whose spellings no rule brings together. Its
// values are keys that stay as they are.
var oneName = map[string]string{
	// Short forms that every register uses for one surname or middle name.
	"bk": "bisbakarm", "bik": "bisbakarm", "bika": "bisbakarm", "bike": "bisbakarm", "bisokarm": "bisbakarm",
	"bdr": "bahdur", "pd": "prasad", "md": "mohmad", "mohd": "mohmad",
	// Surnames that are letters, and how the letters are said: केसी for K.C.
	"kc": "kesi", "gc": "jisi", "bc": "bisi", "dc": "disi", "rc": "arsi", "tc": "tisi",

	"cauduri": "caudri",  // Chowdhury
	"neupne":  "nyaupne", // Neupane for न्यौपाने
	"begum":   "begam",
	"muhmad":  "mohmad", "mohmed": "mohmad", "muhmed": "mohmad", "mahmad": "mohmad",
	"bohora": "bohr", // Bohara
}
