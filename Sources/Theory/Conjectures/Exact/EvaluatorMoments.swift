// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import Gaussian

extension Evaluator {
  func value(_ moment: Moment) throws(Undefined) -> Value {
    if let known = try knownMoment(moment) { return known }
    let joint = try covariance(moment.first, moment.second, given: moment.given)
    let (first, second) = (Array(0..<joint.sizes.first), Array(joint.sizes.first..<joint.matrix.rows))
    switch moment.kind {
    case .information:
      guard let information = try? joint.matrix.mutualInformation(first, second) else { throw Undefined.degenerate }
      return .information(LogSum(information))
    case .variance: return .rational(joint.matrix.trace)
    case .determinant: return .rational(joint.matrix.determinant)
    case .covariance:
      guard first.count == second.count else { throw Undefined.shape }
      return .rational(joint.matrix.selecting(rows: first, columns: second).trace)
    case .correlation, .squaredCorrelation:
      guard first.count == 1, second.count == 1 else { throw Undefined.shape }
      return try correlation(joint.matrix[0, 1], joint.matrix[0, 0] * joint.matrix[1, 1], moment.kind)
    }
  }

  private func correlation(_ covariance: Rational, _ variances: Rational, _ kind: MomentKind) throws(Undefined) -> Value
  {
    if variances.signum == 0 { throw Undefined.degenerate }
    if kind == .squaredCorrelation { return .rational(covariance.squared / variances) }
    return try Value.normal(RootSum(covariance) * RootSum(rootOf: variances), RootSum(variances))
  }

  // MARK: By the moments of (t, y)

  /// What the moments of teacher and label give without another elimination; nil for anything else.
  private func knownMoment(_ moment: Moment) throws(Undefined) -> Value? {
    let isGivenX2 = moment.given == [.x2]
    guard moment.given.isEmpty || isGivenX2, moment.first.count == 1, moment.second.count <= 1,
      let first = moment.first[0].single, let second = moment.second.isEmpty ? first : moment.second[0].single
    else { return nil }
    if moment.kind == .information, !isGivenX2, first.index == nil, second.index == nil {
      switch (first.block, second.block) {
      case (.t, .s), (.s, .t):
        return .information(LogSum(try met { () throws(Unmet) in try facts.teacherInformation() }))
      case (.s, .y), (.y, .s): return .information(LogSum(try met { () throws(Unmet) in try facts.labelInformation() }))
      default: break
      }
    }
    guard moment.kind != .determinant, first.block.isOfLabels, second.block.isOfLabels else { return nil }
    let q = instance.q
    func places(_ index: OutputIndex?) throws(Undefined) -> [Int] {
      guard let index else { return Array(0..<q) }
      return [try place(index, below: q)]
    }
    let (rows, columns) = (try places(first.index), try places(second.index))
    let (a, b) = (first.block, second.block)
    func entry(_ u: Block, _ i: Int, _ v: Block, _ j: Int) -> Rational { covariance(u, i, v, j, isGivenX2: isGivenX2) }
    if moment.kind == .variance || moment.kind == .covariance {
      guard rows.count == columns.count else { throw Undefined.shape }
      return .rational(zip(rows, columns).reduce(Rational(0)) { $0 + entry(a, $1.0, b, $1.1) })
    }
    guard rows.count == 1, columns.count == 1 else {
      if moment.kind == .information { return nil }
      throw Undefined.shape
    }
    let variances = entry(a, rows[0], a, rows[0]) * entry(b, columns[0], b, columns[0])
    let cross = entry(a, rows[0], b, columns[0])
    guard moment.kind == .information else { return try correlation(cross, variances, moment.kind) }
    let rest = variances - cross.squared
    guard rest.signum > 0 else { throw Undefined.degenerate }
    return .information(LogSum(HalfLogarithm(of: variances / rest)))
  }

  /// cov(uᵢ, vⱼ) of t, s and y, before or after conditioning on x2.
  private func covariance(_ u: Block, _ i: Int, _ v: Block, _ j: Int, isGivenX2: Bool) -> Rational {
    let (moments, q) = (facts.moments, instance.q)
    let (row, column) = (u == .t ? i : q + i, v == .t ? j : q + j)
    if u == .s || v == .s { return isGivenX2 ? 0 : moments.total[row, column] - moments.residual[row, column] }
    return isGivenX2 ? moments.residual[row, column] : moments.total[row, column]
  }

  // MARK: By elimination

  /// The covariance of two lists of images side by side, given a third.
  func covariance(_ first: [LinearImage], _ second: [LinearImage], given: [LinearImage]) throws(Undefined) -> (
    matrix: RationalMatrix, sizes: (first: Int, second: Int)
  ) {
    let maps = [try map(given), try map(first), try map(second)]
    let rows = maps.joined().map { $0 }
    let total = RationalMatrix(rows: rows.count, columns: instance.sigma.rows) { rows[$0][$1] }
    let joint = total * instance.sigma * total.transposed
    guard let rest = maps[0].isEmpty ? joint : Elimination(joint, steps: maps[0].count).schurComplement else {
      throw Undefined.degenerate
    }
    return (rest, (maps[1].count, maps[2].count))
  }

  /// The weights on (x1, x2, y) of each coordinate of the images.
  private func map(_ images: [LinearImage]) throws(Undefined) -> [[Rational]] {
    var rows: [[Rational]] = []
    for image in images {
      var sum: [[Rational]] = []
      for term in image.terms {
        var own = try weights(of: term.block)
        if let index = term.index { own = [own[try place(index, below: own.count)]] }
        if sum.isEmpty { sum = own.map { $0.map { _ in 0 } } }
        guard sum.count == own.count else { throw Undefined.shape }
        for (row, weights) in own.enumerated() {
          for (column, weight) in weights.enumerated() { sum[row][column] += term.coefficient * weight }
        }
      }
      rows += sum
    }
    return rows
  }

  private func weights(of block: Block) throws(Undefined) -> [[Rational]] {
    let size = instance.sigma.rows
    func unit(_ range: Range<Int>) -> [[Rational]] { range.map { i in (0..<size).map { $0 == i ? 1 : 0 } } }
    func image(_ weights: RationalMatrix, from start: Int) -> [[Rational]] {
      (0..<weights.columns).map { output in
        (0..<size).map { (start..<(start + weights.rows)).contains($0) ? weights[$0 - start, output] : 0 }
      }
    }
    switch block {
    case .x1: return unit(instance.x1)
    case .x2: return unit(instance.x2)
    case .y: return unit(instance.y)
    case .t: return image(instance.w1, from: 0)
    case .s: return image(instance.optimalStudent, from: instance.p1)
    case .joint:
      guard let weights = facts.jointTeacherWeights else { throw Undefined.degenerate }
      return image(weights, from: 0)
    case .secondTeacher:
      guard let weights = instance.extras.secondTeacher else { throw Undefined.unmet(.secondTeacher) }
      return image(weights, from: 0)
    case .t1: return image(try met { () throws(Unmet) in try facts.candidates().first.instance.w1 }, from: 0)
    case .t2:
      let second = try met { () throws(Unmet) in try facts.candidates().second.instance }
      return image(second.w1, from: instance.p1 - second.p1)
    }
  }
}

extension LinearImage {
  /// x2, as it stands.
  static let x2 = LinearImage(.x2)
}

extension Block {
  /// Whether it is of t, s and y, which the moments know.
  fileprivate var isOfLabels: Bool { self == .t || self == .s || self == .y }
}
