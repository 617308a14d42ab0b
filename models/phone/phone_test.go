package phone

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"chautari/models/fault"
)

func code(t testing.TB, err error) string {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "not a fault: %v", err)
	return f.Code
}

func TestNumbersOfTheVectorsAreRead(t *testing.T) {
	f, err := os.Open("testdata/phone_vectors.csv")
	require.NoError(t, err)
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	require.NoError(t, err)
	for _, row := range rows[1:] {
		got, err := Read(row[0])
		if row[2] == "invalid" {
			require.Error(t, err, row[0])
			require.Empty(t, got)
			continue
		}
		require.NoError(t, err, row[0])
		require.Equal(t, row[2], got, row[0])
	}
}

func TestOneNumberHasOneForm(t *testing.T) {
	for text, want := range map[string]string{
		"014123456": "+97714123456", "+977 984-1000005": "+9779841000005", "009779841000006": "+9779841000006",
		"९८४१०००००७": "+9779841000007", "0984 1000008": "+9779841000008", "+977 0984 1000009": "+9779841000009",
		"00977 0984 1000009": "+9779841000009", "977-0984-1000009": "+9779841000009", "+977-01-4220123": "+97714220123",
		"+977 (0)984 1000009": "+9779841000009",
		"9841000005.0":        "+9779841000005", "9.841000005E+09": "+9779841000005", "9779841000005.00": "+9779841000005",
		"984-100-0005": "+9779841000005", "\u200e+977\u00a09841000005": "+9779841000005", "'9841000005": "+9779841000005",
		"＋９７７ ９８４１０００００５": "+9779841000005", "984–100–0005": "+9779841000005", "9841 100 035": "+9779841100035",
		"\u202a9841000005\u202c": "+9779841000005", "984\u200b1000005": "+9779841000005",
		"+47 915 00 001": "+4791500001",
	} {
		got, err := Read(text)
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
		again, err := Read(got)
		require.NoError(t, err, text)
		require.Equal(t, got, again, text)
	}
}

func TestWhatIsNoNumberIsToldApart(t *testing.T) {
	for text, want := range map[string]string{
		"9.841E+09": "phone.digits_lost", "9.841e9": "phone.digits_lost", "9,841E+09": "phone.digits_lost", "९.८४१E+०९": "phone.digits_lost",
		"9841234567 / 9801234567": "phone.several", "9841234567, 9801234567": "phone.several", "9841234567 9801234567": "phone.several",
		"9841234567;9801234567": "phone.several", "9841234567 वा 9801234567": "phone.several", "9841234567 or 9801234567": "phone.several",
		"9841234567/68": "phone.several", "9841 234 567\n9801 234 567": "phone.several", "९८४१२३४५६७, ०१-४२२०१२३": "phone.several",
		"": "phone.invalid", " - ": "phone.invalid", "abc": "phone.invalid", "98412345678": "phone.invalid", "984123456": "phone.invalid",
		"98FLOWERS1": "phone.invalid", "9841234567 office": "phone.invalid", "+977": "phone.invalid", "32904": "phone.invalid", "????": "phone.invalid",
		"+977 0": "phone.invalid", "00": "phone.invalid", "1.5E+99": "phone.digits_lost", "tel:+9779841234567;ext=1": "phone.several",
	} {
		got, err := Read(text)
		require.Error(t, err, text)
		require.Equal(t, want, code(t, err), text)
		require.Empty(t, got, text)
	}
}

func TestLabelsOfTheDeviceAreDroppedAndThoseOfPeopleAreNot(t *testing.T) {
	for _, label := range []string{
		"घर", "मो.", "मो.नं.", "मो. नं.", "मोबाइल", "फोन", "फोन नं.", "Ph", "PH.", "Ph. No.", "mob", "Mobile", "Mobile No", "Tel.", "tlf", "home", "NTC", "Own", "फोन/मोबाइल",
	} {
		for _, shape := range []string{"L 9841000005", "L:9841000005", "L- ९८४१०००००५", "(L) 9841000005", "L: 984-1000005", "9841000005 (L)", "9841000005(L)", "९८४१०००००५ L", "9841000005 - L", "(L 9841000005)", "L +977 9841000005", "L: (984) 1000005"} {
			text := strings.ReplaceAll(shape, "L", label)
			got, err := Read(text)
			require.NoError(t, err, text)
			require.Equal(t, "+9779841000005", got, text)
		}
		_, err := Read(label + " 9841000005 / 9801000005")
		require.Equal(t, "phone.several", code(t, err), label)
		_, err = Read(label)
		require.Equal(t, "phone.invalid", code(t, err), label)
	}
	for _, whose := range []string{"श्रीमान", "दाइको", "श्रीमानको मोबाइल", "घर दाइको", "छिमेकी", "husband", "Husband's mobile", "brother", "mob of uncle", "office", "mor", "mother phone"} {
		for _, shape := range []string{"W 9841000005", "W: 9841000005", "(W) 9841000005", "9841000005 (W)", "9841000005 W", "मो. 9841000005 (W)", "W 9841000005 (घर)"} {
			text := strings.ReplaceAll(shape, "W", whose)
			got, err := Read(text)
			require.Error(t, err, text)
			require.Equal(t, "phone.invalid", code(t, err), text)
			require.Empty(t, got, text)
		}
	}
}

func TestReadingAgainChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`(\+|00)?(977|47|91)?[ -]?0?(98[0-9]|97[0-9]|01|061)[ -]?[0-9]{5,8}`).Draw(t, "text")
		e164, err := Read(text)
		if err != nil {
			return
		}
		if again, err := Read(e164); err != nil || again != e164 {
			t.Fatalf("%s became %s, then %s, %v", text, e164, again, err)
		}
	})
}

func TestAMaskShowsTheEndOnly(t *testing.T) {
	require.Equal(t, "+977 ••••••••05", Mask("+9779841000005"))
	require.Equal(t, "+977 ••••••23", Mask("+97714220123"))
	require.Equal(t, "+47 ••••••01", Mask("+4791500001"))
	require.Empty(t, Mask(""))
	require.Empty(t, Mask("9841"))
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"9841000005", "+977 0984 1000009", "9.841E+09", "9841234567 / 9801234567", "\xff", "९८४१०००००७"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		e164, err := Read(text)
		if (err == nil) != (e164 != "") {
			t.Fatalf("%q: %q and %v", text, e164, err)
		}
		if err != nil {
			return
		}
		if again, err := Read(e164); err != nil || again != e164 {
			t.Fatalf("%q became %s, then %s, %v", text, e164, again, err)
		}
	})
}
