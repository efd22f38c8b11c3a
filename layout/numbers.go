package layout

import "strconv"

// decode reads a trimmed, non-empty value. Text has no number.
func (f *format) decode(b []byte) (num int64, ok bool) {
	switch f.kind {
	case asDigits:
		return 0, allDigits(b)
	case asInteger:
		return decodeInteger(b)
	case asAmount:
		return f.decodeDecimal(b, 2)
	case asRate:
		return f.decodeDecimal(b, 4)
	case asDate, asDateTime:
		return f.decodeDate(b)
	case asCode:
		num, ok = f.codes[string(b)]
		return num, ok
	case asFlag:
		if string(b) == f.yes {
			return 1, true
		}
		return 0, string(b) == f.no
	case asConst:
		return 0, string(b) == f.constant
	}
	return 0, true
}

// fault is the code of a value that decode refused.
func (f *format) fault() FaultCode {
	return [...]FaultCode{
		asText: FaultFieldDigits, asDigits: FaultFieldDigits, asInteger: FaultFieldInteger, asAmount: FaultFieldAmount,
		asRate: FaultFieldRate, asDate: FaultFieldDate, asDateTime: FaultFieldDateTime, asCode: FaultFieldCode,
		asFlag: FaultFieldFlag, asConst: FaultFieldConstant, asFiller: FaultFieldConstant,
	}[f.kind]
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return len(b) > 0
}

func sign(b []byte) (rest []byte, negative bool) {
	if len(b) > 1 && b[0] == '-' {
		return b[1:], true
	}
	return b, false
}

func decodeInteger(b []byte) (int64, bool) {
	digits, negative := sign(b)
	n, ok := wholeNumber(digits)
	if negative {
		n = -n
	}
	return n, ok
}

// mostDigits is how many digits always fit in an int64.
const mostDigits = 18

func wholeNumber(b []byte) (int64, bool) {
	for len(b) > mostDigits && b[0] == '0' {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > mostDigits {
		return 0, false
	}
	n := int64(0)
	for _, c := range b {
		d := c - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + int64(d)
	}
	return n, true
}

// decodeDecimal reads a decimal number into units of 10^-scale.
func (f *format) decodeDecimal(b []byte, scale int) (int64, bool) {
	digits, negative := sign(b)
	n, ok := f.decodeUnsigned(digits, scale)
	if negative {
		n = -n
	}
	return n, ok
}

func (f *format) decodeUnsigned(b []byte, scale int) (int64, bool) {
	if f.decimals >= 0 {
		n, ok := wholeNumber(b)
		return shift(n, scale-f.decimals, ok && n < power(wholeDigits-scale+f.decimals))
	}
	whole, fraction := b, []byte(nil)
	for i, c := range b {
		if c == f.separator() {
			whole, fraction = b[:i], b[i+1:]
			if len(fraction) == 0 || len(fraction) > scale {
				return 0, false
			}
			break
		}
	}
	n, ok := wholeNumber(whole)
	n, ok = shift(n, scale, ok && n < power(wholeDigits-scale))
	if len(fraction) == 0 || !ok {
		return n, ok
	}
	part, ok := wholeNumber(fraction)
	part, ok = shift(part, scale-len(fraction), ok)
	return n + part, ok
}

func (f *format) separator() byte {
	if f.decimals == withComma {
		return ','
	}
	return '.'
}

// wholeDigits is how many digits the smallest unit of a decimal number may count.
const wholeDigits = 17

func shift(n int64, places int, ok bool) (int64, bool) { return n * power(places), ok }

func power(places int) int64 {
	n := int64(1)
	for range places {
		n *= 10
	}
	return n
}

// appendNumber writes the value of a key of a numeric kind; ok is false if
// the format cannot say it.
func (f *format) appendNumber(out []byte, num int64) (_ []byte, ok bool) {
	switch f.kind {
	case asInteger:
		return strconv.AppendInt(out, num, 10), num > -1e18 && num < 1e18
	case asAmount:
		return f.appendDecimal(out, num, 2)
	case asRate:
		return f.appendDecimal(out, num, 4)
	case asDate, asDateTime:
		return f.appendDate(out, num)
	case asCode:
		if num < 0 || num >= int64(len(f.outside)) || f.outside[num] == "" {
			return out, false
		}
		return append(out, f.outside[num]...), true
	case asFlag:
		if num != 0 {
			return append(out, f.yes...), true
		}
		return append(out, f.no...), true
	}
	return out, false
}

func (f *format) appendDecimal(out []byte, num int64, scale int) ([]byte, bool) {
	if num <= -1e17 || num >= 1e17 {
		return out, false
	}
	if num < 0 {
		out, num = append(out, '-'), -num
	}
	if f.decimals >= 0 {
		unit := power(scale - f.decimals)
		return strconv.AppendInt(out, num/unit, 10), num%unit == 0
	}
	unit := power(scale)
	out = append(strconv.AppendInt(out, num/unit, 10), f.separator())
	out = appendPadded(out, int(num%unit), scale)
	for keep := len(out) - scale + 2; scale > 2 && len(out) > keep && out[len(out)-1] == '0'; {
		out = out[:len(out)-1]
	}
	return out, true
}
