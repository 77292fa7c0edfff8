// SPDX-License-Identifier: GPL-3.0-or-later
/// A kind of bug that a failed vector points to.
enum Flag: String, CaseIterable {
  case typical = "TYPICAL"
  case bitsForNats = "BITS_FOR_NATS"
  case missingHalf = "MISSING_HALF"
  case ratio = "N_MINUS_P_MINUS_1"
  case swappedBlocks = "SWAPPED_BLOCKS"
  case unscaledTeacher = "UNSCALED_TEACHER"
  case transposedTeacher = "TRANSPOSED_TEACHER"
  case sign = "SIGN"
  case clamping = "CLAMPING"
  case tie = "TIE"
  case strictness = "STRICTNESS"
  case mixingWeight = "MIXING_WEIGHT"
  case conditioning = "CONDITIONING"
  case scale = "SCALE"
  case translation = "TRANSLATION"
  case severalOutputs = "SEVERAL_OUTPUTS"
  case severalInputs = "SEVERAL_INPUTS"
  case marginal = "MARGINAL_FOR_CONDITIONAL"
  case illConditioned = "ILL_CONDITIONED"
  case largeDimension = "LARGE_DIMENSION"
  case degenerate = "DEGENERATE"
  case indexing = "INDEXING"
  case intercept = "INTERCEPT"
  case covarianceBias = "COVARIANCE_BIAS"
  case digamma = "DIGAMMA"
  case neighbourCount = "NEIGHBOUR_COUNT"
  case neighbourNorm = "NEIGHBOUR_NORM"
  case variant = "VARIANT"
  case clipping = "CLIPPING"
  case standardised = "STANDARDISED"
  case exactArithmetic = "EXACT_ARITHMETIC"
  case fullMantissas = "FULL_MANTISSAS"
  case singular = "SINGULAR"
  case illPosed = "ILL_POSED"
  case invalidInput = "INVALID_INPUT"
  case shrinkage = "SHRINKAGE"
  case unlabelledRows = "UNLABELLED_ROWS"
  case fittedTeacher = "FITTED_TEACHER"
  case ridge = "RIDGE"
  case severalTeachers = "SEVERAL_TEACHERS"
  case vocabulary = "VOCABULARY"
  case spelling = "SPELLING"
  case precedence = "PRECEDENCE"
  case connective = "CONNECTIVE"
  case chain = "CHAIN"
  case undefined = "UNDEFINED"
  case quantifier = "QUANTIFIER"
  case sideCondition = "SIDE_CONDITION"
  case twoInstances = "TWO_INSTANCES"

  /// What the flag means, in a file of vectors.
  var note: VectorFile.Note {
    let (bugType, description) = text
    return .init(flag: rawValue, bugType: bugType, description: description)
  }

  private var text: (String, String) {
    switch self {
    case .typical: ("wrong formula", "An ordinary case in general position: any wrong term shows.")
    case .bitsForNats: ("wrong unit", "Informations are in nats, natural logarithms; not in bits.")
    case .missingHalf: ("wrong formula", "A Gaussian information is half of the logarithm of a ratio of determinants.")
    case .ratio: ("wrong formula", "k is p2/(n−p2−1), not p2/n, p2/(n−p2) or p2/(n−p2−2), and p2 is not p1 or q.")
    case .swappedBlocks: ("wrong layout", "Σ is ordered x1, x2, y; p1 is the teacher's block, p2 the student's.")
    case .unscaledTeacher:
      ("wrong formula", "t = w1ᵀx1 with the weights as given: not normalised, not the least-squares ones.")
    case .transposedTeacher:
      ("wrong layout", "w1 has p1 rows of q numbers; read the other way round it is another teacher.")
    case .sign: ("wrong sign", "c, D, ΔI or a weight is negative here, or the sign decides the answer.")
    case .clamping:
      ("missing case", "The optimum or the end of the window is at 0 or infinite: the formula alone is not the answer.")
    case .tie:
      ("wrong boundary", "A boundary case that exact arithmetic, or plain arithmetic on powers of two, decides.")
    case .strictness: ("wrong boundary", "At equality the answer is no: the inequalities are strict.")
    case .mixingWeight: ("wrong formula", "λ ≥ 0 is the weight of the teacher's term; α = λ/(1+λ) is another number.")
    case .conditioning:
      ("wrong formula", "w*, v, σε², ση² and c are conditional on x2: Σ22 must be inverted, not its diagonal.")
    case .scale:
      (
        "overflow or absolute threshold",
        "Entries near 1e±150 or of mixed scales: squares overflow, absolute tolerances mislead."
      )
    case .translation: ("cancellation", "Data far from 0: sums of squares minus squares of sums cancel.")
    case .severalOutputs:
      ("wrong generalisation", "q > 1: traces of σε², ση², c and B, determinants in informations; all outputs count.")
    case .severalInputs: ("wrong variable", "p1 > 1 or p2 > 1: t = w1ᵀx1 and s = w*ᵀx2 are not x1 and x2.")
    case .marginal: ("wrong variable", "A covariance given x2 is not the covariance.")
    case .illConditioned:
      ("instability", "Nearly dependent variables: right formulas lose all digits in an unstable order.")
    case .largeDimension:
      ("size limits", "Many variables: fixed buffers, under- or overflow of determinants, slow algorithms.")
    case .degenerate: ("missing case", "A quantity is 0 (a teacher, a student, a mismatch) and must not be divided by.")
    case .indexing: ("wrong index", "Lists of indices from 0, in any order, not contiguous, not covering Σ.")
    case .intercept: ("wrong model", "The student has no intercept and its data are not centred.")
    case .covarianceBias: ("wrong normalisation", "Divisions by n or n−1, and degrees of freedom n−1 against n.")
    case .digamma:
      ("wrong correction", "The bias is ½Σψ((n−i)/2) of x and of y less that of both, subtracted, in nats.")
    case .neighbourCount:
      ("wrong count", "A row is not its own neighbour; KSG-1 counts strictly inside, KSG-2 up to the radius.")
    case .neighbourNorm: ("wrong distance", "The maximum norm, within x, within y and between both.")
    case .variant: ("wrong formula", "KSG-1 and KSG-2 differ in radii, in ψ(n+1) against ψ(n), and in the term 1/k.")
    case .clipping: ("altered result", "An estimate may be negative, and is returned as it is.")
    case .standardised:
      ("altered data", "Columns are not standardised, ranked or jittered: their scales matter to the norm.")
    case .exactArithmetic: ("inexact arithmetic", "Fractions as strings: only exact arithmetic gives the answer.")
    case .fullMantissas: ("single precision", "Numbers that need all 53 binary digits of a Double.")
    case .singular: ("missing check", "A singular matrix: there is no answer.")
    case .illPosed: ("missing check", "n ≤ p2+1: the expected risk is not finite.")
    case .shrinkage:
      ("wrong baseline", "A tuned student is compared with the best one that shrinks and has no teacher, at any n.")
    case .unlabelledRows:
      ("wrong rows", "The label's fit has n rows, the teacher's n+m; what both share has the noise of n+m rows.")
    case .fittedTeacher:
      ("wrong formula", "A fitted joint teacher has noise: σ1²/(N−p1−p2−1) for each of p2 weights, and p1 behind k.")
    case .ridge:
      ("wrong formula", "Ridge on an orthogonal design keeps n/(n+μ), and its noise is p2/n of that squared.")
    case .severalTeachers:
      ("wrong formula", "Best weights of several teachers: of either sign, of any sum, and by the full matrix.")
    case .vocabulary: ("wrong quantity", "A word or a form of statements stands for another quantity, or for none.")
    case .spelling: ("wrong reading", "Each word and sign has a spelling in ASCII and one in symbols, of one meaning.")
    case .precedence: ("wrong reading", "Tightest first: not, and, or, =>, <=>; => leans to the right.")
    case .connective:
      ("wrong logic", "A statement is true where its premise is false, and <=> says that all of a chain hold or none.")
    case .chain: ("wrong reading", "0 < a <= 1 says both, each of two neighbours.")
    case .undefined:
      ("missing case", "What has no value is neither true nor false: undefined, unless the rest decides without it.")
    case .quantifier: ("wrong logic", "Every real value of a range, with the ends that it has: roots decide, no grid.")
    case .sideCondition: ("wrong condition", "Conditions on the instance: the teacher, Σ22, independence, sizes.")
    case .twoInstances: ("wrong instance", "What is said of A, of B, or of both of two instances.")
    case .invalidInput: ("missing check", "Invalid input is answered with an error, never with a number.")
    }
  }
}
