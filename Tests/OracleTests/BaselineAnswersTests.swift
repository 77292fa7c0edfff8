// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactJSON
import Gaussian
import SeededRuns
import Testing

@testable import Oracle

/// The operations on tuned students, further rows and other teachers, against their definitions in matrices.
@Suite struct BaselineAnswersTests {
  /// Random problems with all further keys; every operation is answered for them.
  private struct Question {
    let instance: Instance
    let input: JSONValue
    let model: MatrixModel
    let n, m, teacherRows: Int
    let lambda, ridge: Rational
    let second: RationalMatrix

    init?(_ index: Int) throws {
      instance = try Verification(seed: 91).facts(ofCase: index).instance
      var random = RandomSource(seed: 91, index: UInt64(index))
      let (p1, p2) = (instance.p1, instance.p2)
      (n, m) = (p1 + p2 + 2 + random.integer(in: 0...9), random.integer(in: 0...9))
      teacherRows = p1 + p2 + 2 + random.integer(in: 0...9)
      (lambda, ridge) = (Rational(random.integer(in: 1...12), 4), Rational(random.integer(in: 0...9), 3))
      let entries = (0..<p1 * instance.q).map { _ in Rational(random.integer(in: -5...5), 2) }
      let q = instance.q
      second = RationalMatrix(rows: p1, columns: q) { entries[$0 * q + $1] }
      if second == instance.w1 { return nil }
      model = try MatrixModel(instance)
      var members = instance.members.filter {
        !["n", "lambda", "unlabelled", "ridge", "w1b", "teacher_rows"].contains($0.key)
      }
      let further: [(String, JSONValue)] = [
        ("n", JSONValue(n)), ("lambda", JSONValue(lambda)), ("unlabelled", JSONValue(m)), ("ridge", JSONValue(ridge)),
        ("teacher_rows", JSONValue(teacherRows)), ("w1b", JSONValue(second)),
      ]
      members += further.map { .init(key: $0.0, value: $0.1) }
      input = .object(members)
    }

    var k: Rational { Rational(instance.p2, n - instance.p2 - 1) }
    var alpha: Rational { lambda / (1 + lambda) }

    func number(_ operation: OracleOperation, _ field: OutputName, _ change: (JSONValue) -> JSONValue = { $0 }) throws
      -> Rational?
    {
      guard case .rational(let value)? = try ExactOracle.answer(operation, input: change(input))[field] else {
        return nil
      }
      return value
    }
  }

  private func questions(_ body: (Question) throws -> Void) throws {
    for index in 0..<120 {
      if let question = try Question(index) { try body(question) }
    }
  }

  /// The quadratic function of (a, b) that six of its values give, at its least over all a and b ≥ 0, and over all a with b = 0.
  @Test func tunedStudents() throws {
    var helped = 0
    try questions { (ask: Question) throws in
      func f(_ a: Rational, _ b: Rational) -> Rational {
        ask.model.excess(a, b, teacher: ask.model.teacher, noise: (ask.k, ask.k, ask.k))
      }
      let (g, h) = (f(1, 0) - f(-1, 0), f(0, 1) - f(0, -1))
      let (p, r, s) = (
        f(1, 0) + f(-1, 0) - 2 * f(0, 0), f(0, 1) + f(0, -1) - 2 * f(0, 0), f(1, 1) - f(1, 0) - f(0, 1) + f(0, 0)
      )
      // The gradient is (g/2 + pa + sb, h/2 + sa + rb).
      let alone = f(-g / (2 * p), 0)
      let determinant = p * r - s * s
      var gain: Rational = 0
      if determinant.signum > 0 {
        let b = (s * g - p * h) / (2 * determinant)
        if b.signum > 0 { gain = alone - f((s * h - r * g) / (2 * determinant), b) }
      }
      #expect(try ask.number(.tunedGain, .gain) == gain)
      #expect(try ExactOracle.answer(.tunedHelps, input: ask.input)[.helps] == .bool(gain.signum > 0))
      #expect(
        try ExactOracle.answer(.tunedHelps, input: ask.input.removing("n"))[.helps] == .bool(gain.signum > 0))
      if gain.signum > 0 { helped += 1 }
    }
    #expect((10...110).contains(helped), "\(helped)")
  }

  @Test func risksOfOtherStudents() throws {
    try questions { (ask: Question) throws in
      let (p2, a, b) = (ask.instance.p2, 1 - ask.alpha, ask.alpha)
      let floor = ask.model.noise
      let all = Rational(p2, ask.n + ask.m - p2 - 1)
      let unlabelled = ask.model.excess(a, b, teacher: ask.model.teacher, noise: (ask.k, all, all))
      #expect(try ask.number(.unlabelledRisk, .risk) == floor + unlabelled)
      let none = try ask.number(.unlabelledRisk, .risk) { $0.replacing("unlabelled", 0) }
      #expect(try ask.number(.distillationRisk, .risk) == none)
      // X2ᵀX2 = nΣ22: the weights are X2ᵀ(labels)/(n+μ), in coordinates in which Σ22 = 1.
      let kept = Rational(ask.n) / (Rational(ask.n) + ask.ridge)
      let spread = kept * kept * Rational(p2, ask.n)
      let ridge =
        ask.model.excess(kept * a, kept * b, teacher: ask.model.teacher, noise: (0, 0, 0))
        + ask.model.spread(a, b, teacher: ask.model.teacher, noise: (spread, spread, spread))
      #expect(try ask.number(.ridgeRisk, .risk) == floor + ridge)
    }
  }

  /// The joint teacher as a teacher of x1 and x2, fitted weights by the moments of their errors, pseudo-labels by the
  /// coefficients of x1 in the regression on both.
  @Test func jointTeachers() throws {
    try questions { (ask: Question) throws in
      let (model, p1, p2) = (ask.model, ask.instance.p1, ask.instance.p2)
      let (a, b) = (1 - ask.alpha, ask.alpha)
      let joint = model.excess(a, b, teacher: model.regression, noise: (ask.k, ask.k, ask.k))
      let known = try ask.number(.jointTeacherRisk, .risk) { $0.removing("teacher_rows") }
      #expect(known == model.noise + joint)
      // Errors of the weights have the covariance σ1²(N−p1−p2−1)⁻¹Σxx⁻¹, and are uncorrelated with the new row.
      let error = model.fullNoise / Rational(ask.teacherRows - p1 - p2 - 1)
      let added = b * b * error * (model.explainedTrace + ask.k * (Rational(p1 + p2) - model.explainedTrace))
      #expect(try ask.number(.jointTeacherRisk, .risk) == model.noise + joint + added)

      let gap = ask.k - Rational(p2, ask.n + ask.m - p2 - 1)
      let kappa = model.fullNoise * Rational(p1, ask.n - p1 - p2 - 1)
      let pseudo = ask.k * model.noise + gap * (b * b * (model.firstSignal + kappa) - 2 * b * model.firstSignal)
      #expect(try ask.number(.pseudoLabelRisk, .risk) == model.noise + pseudo)
      let none = try ask.number(.pseudoLabelRisk, .risk) { $0.replacing("unlabelled", 0) }
      #expect(try ask.number(.baselineRisk, .risk) == none)
    }
  }

  /// At the best weights no step in any direction changes the risk, to first order; and what they gain is true.
  @Test func ensembles() throws {
    try questions { (ask: Question) throws in
      let answer = try ExactOracle.answer(.ensembleWeights, input: ask.input)
      guard case .vector(let best)? = answer[.weights], case .rational(let gain)? = answer[.gain] else {
        Issue.record("\(answer.document)")
        return
      }
      let second = ask.model.inFull(ask.second)
      func risk(_ b: Rational, _ d: Rational) -> Rational {
        let total = b * ask.model.teacher + d * second
        return ask.model.excess(1 - b - d, 1, teacher: total, noise: (ask.k, ask.k, ask.k))
      }
      #expect(risk(best[0] + 1, best[1]) == risk(best[0] - 1, best[1]))
      #expect(risk(best[0], best[1] + 1) == risk(best[0], best[1] - 1))
      #expect(risk(0, 0) - risk(best[0], best[1]) == gain)
    }
  }

  /// λ helps for n below the crossover, and not from there on.
  @Test func crossovers() throws {
    var finite = 0
    try questions { (ask: Question) throws in
      let answer = try ExactOracle.answer(.crossover, input: ask.input)
      func helps(_ n: Int) throws -> Bool {
        let change = { (input: JSONValue) in input.replacing("n", JSONValue(n)) }
        guard let with = try ask.number(.distillationRisk, .risk, change),
          let without = try ask.number(.baselineRisk, .risk, change)
        else { throw Missing() }
        return with < without
      }
      let least = ask.instance.p2 + 2
      switch answer[.rows] {
      case .rational(let rows)?:
        finite += 1
        for n in [least, Int(rows.asDouble.rounded(.down)), Int(rows.asDouble.rounded(.up)) + 1] where n >= least {
          #expect(try helps(n) == (Rational(n) < rows), "\(rows) at \(n)")
        }
      case .infinite?:
        let both = (try helps(least), try helps(1_000_000))
        #expect(both.0 && both.1)
      default:
        #expect(answer[.empty] == .bool(true))
        let both = (try helps(least), try helps(1_000_000))
        #expect(!both.0 && !both.1)
      }
    }
    #expect(finite > 60, "\(finite)")
    // B = 0: the teacher's view of x2 is the label's, with c = 3/2, ση² = 4, σε² = 2, so that λ helps up to 1/2.
    let aligned: JSONValue = ["sigma": [[5, 1, "5/2"], [1, 1, 1], ["5/2", 1, 3]], "p1": 1, "p2": 1, "w1": [1]]
    let answers: [(JSONValue, ExactValue?, ExactValue?)] = [
      ("1/4", .infinite, nil), ("1/2", nil, .bool(true)), (2, nil, .bool(true)),
    ]
    for (lambda, rows, isEmpty) in answers {
      let answer = try ExactOracle.answer(.crossover, input: aligned.adding("lambda", lambda))
      #expect(answer[.rows] == rows && answer[.empty] == isEmpty, "λ = \(lambda)")
    }
  }

  private struct Missing: Error {}

  /// I(t; s | y) by the conditional covariance of an image.
  @Test func conditionalInformations() throws {
    var answered = 0
    try questions { (ask: Question) throws in
      let (q, size) = (ask.instance.q, ask.instance.sigma.rows)
      let map = RationalMatrix(rows: 3 * q, columns: size) { i, j in
        switch i / q {
        case 0: j < ask.instance.p1 ? ask.instance.w1[j, i] : 0
        case 1: ask.instance.x2.contains(j) ? ask.model.student[j - ask.instance.p1, i - q] : 0
        default: j == ask.instance.y.lowerBound + i - 2 * q ? 1 : 0
        }
      }
      let image = map * ask.instance.sigma * map.transposed
      let (t, s, y) = (Array(0..<q), Array(q..<(2 * q)), Array((2 * q)..<(3 * q)))
      guard image.determinant.signum > 0 else {
        expectRefusal([.degenerateTeacher, .degenerateStudent], .conditionalInformation, ask.input)
        return
      }
      answered += 1
      let right = try JointGaussian(covariance: image, blocks: ["all": 3 * q]).mutualInformation(t, s, given: y)
      #expect(
        try ExactOracle.answer(.conditionalInformation, input: ask.input)[.nats] == .nats(ShiftedHalfLogarithm(right)))
    }
    #expect(answered > 80, "\(answered)")
  }
}

/// A problem in matrices, with teachers as weights of (x1, x2): no moments, no eliminations.
private struct MatrixModel {
  let sigma: RationalMatrix
  let p1, p2, q: Int
  /// Σ22⁻¹, and w*.
  let inverse, student: RationalMatrix
  /// w1, as weights of (x1, x2), and those of E[y | x1, x2].
  let teacher, regression: RationalMatrix

  init(_ instance: Instance) throws {
    (sigma, p1, p2, q) = (instance.sigma, instance.p1, instance.p2, instance.q)
    inverse = try sigma.selecting(instance.x2).inverse()
    student = inverse * sigma.selecting(rows: Array(instance.x2), columns: Array(instance.y))
    let (w1, p1, p2, q) = (instance.w1, instance.p1, instance.p2, instance.q)
    teacher = RationalMatrix(rows: p1 + p2, columns: q) { $0 < p1 ? w1[$0, $1] : 0 }
    let inputs = Array(0..<(p1 + p2))
    regression = try sigma.selecting(inputs).inverse() * sigma.selecting(rows: inputs, columns: Array(instance.y))
  }

  func inFull(_ w1: RationalMatrix) -> RationalMatrix {
    RationalMatrix(rows: p1 + p2, columns: q) { $0 < p1 ? w1[$0, $1] : 0 }
  }

  private func block(_ rows: Range<Int>, _ columns: Range<Int>) -> RationalMatrix {
    sigma.selecting(rows: Array(rows), columns: Array(columns))
  }
  private var x: Range<Int> { 0..<(p1 + p2) }
  private var x2: Range<Int> { p1..<(p1 + p2) }
  private var y: Range<Int> { (p1 + p2)..<(p1 + p2 + q) }

  /// tr var(y | x2).
  var noise: Rational { (block(y, y) - student.transposed * block(x2, y)).trace }
  /// tr var(y | x1, x2).
  var fullNoise: Rational { (block(y, y) - regression.transposed * block(x, y)).trace }

  /// tr of the part of Σxx that x2 explains, in units of Σxx.
  var explainedTrace: Rational {
    guard let whole = try? block(x, x).inverse() else { return 0 }
    return (whole * block(x, x2) * inverse * block(x2, x)).trace
  }

  /// The variance that x1's part of the regression has given x2.
  var firstSignal: Rational {
    let first = RationalMatrix(rows: p1, columns: q) { regression[$0, $1] }
    let given = block(0..<p1, 0..<p1) - block(0..<p1, x2) * inverse * block(x2, 0..<p1)
    return (first.transposed * given * first).trace
  }

  /// tr of a²N₁σε² + 2abN₂c + b²N₃ση².
  func spread(_ a: Rational, _ b: Rational, teacher: RationalMatrix, noise n: (Rational, Rational, Rational))
    -> Rational
  {
    let v = inverse * block(x2, x) * teacher
    let cross = (teacher.transposed * block(x, y) - v.transposed * block(x2, y)).trace
    let own = (teacher.transposed * block(x, x) * teacher - v.transposed * block(x2, x2) * v).trace
    return a * a * n.0 * noise + 2 * a * b * n.1 * cross + b * b * n.2 * own
  }

  /// The excess of aŵ + bv̂ over σε²: bias and spread.
  func excess(_ a: Rational, _ b: Rational, teacher: RationalMatrix, noise n: (Rational, Rational, Rational))
    -> Rational
  {
    let bias = a * student + b * (inverse * block(x2, x) * teacher) - student
    return (bias.transposed * block(x2, x2) * bias).trace + spread(a, b, teacher: teacher, noise: n)
  }
}
