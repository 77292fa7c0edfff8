// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import Foundation

extension Instance {
  /// This instance with predictions in place of modalities: x2 replaced by s, x1 by t, or both, and then with outputs
  /// that are independent of each other.
  ///
  /// Informations between predictions and the label stay as they are, but for the last.
  var images: [Instance] {
    guard let other = extras.other else { return kindsOfImages.compactMap { $0 } }
    return zip(kindsOfImages, other.kindsOfImages).compactMap { first, second in
      first == nil && second == nil ? nil : (first ?? self).beside(second ?? other)
    }
  }

  private var kindsOfImages: [Instance?] {
    let (first, second) = (imageOfX1(under: w1), imageOfX2(under: optimalStudent))
    let both = second?.imageOfX1(under: w1) ?? second ?? first ?? self
    return [both.withIndependentOutputs, both, first, second, imageOfTwoTeachers]
  }

  /// The instance in which two teachers see only their predictions; nil without a second one.
  private var imageOfTwoTeachers: Instance? {
    guard q == 1, let second = extras.secondTeacher, p1 > 2 else { return nil }
    let map = RationalMatrix(rows: p1, columns: 2) { $1 == 0 ? w1[$0, 0] : second[$0, 0] }
    var extras = extras
    extras.secondTeacher = .column([0, 1])
    let small = extras.design == nil ? (imageOfX2(under: optimalStudent) ?? self) : self
    return small.image([(map, x1), (.identity(small.p2), small.x2)], p1: 2, p2: small.p2, w1: .column([1, 0]), extras)
  }

  /// The instance with zero covariances between (tᵢ, sᵢ, yᵢ) and (tⱼ, sⱼ, yⱼ); nil where x1 is not t or x2 not s, or q
  /// = 1.
  private var withIndependentOutputs: Instance? {
    guard q > 1, p1 == q, p2 == q else { return nil }
    let sigma = RationalMatrix(rows: 3 * q, columns: 3 * q) { $0 % q == $1 % q ? self.sigma[$0, $1] : 0 }
    return try? Instance(sigma: sigma, p1: q, p2: q, q: q, w1: w1, n: n, lambda: lambda, extras: extras)
  }

  /// This instance without every coordinate that `isWanted` can spare.
  func withFewestCoordinates(_ isWanted: (Instance) -> Bool) -> Instance {
    if let other = extras.other {
      for smaller in pairsWithout(other) where isWanted(smaller) { return smaller.withFewestCoordinates(isWanted) }
      return self
    }
    for index in 0..<sigma.rows {
      if let smaller = without(index), isWanted(smaller) { return smaller.withFewestCoordinates(isWanted) }
    }
    for row in 0..<(extras.design?.rows ?? 0) {
      if let smaller = withoutDesignRow(row), isWanted(smaller) { return smaller.withFewestCoordinates(isWanted) }
    }
    return self
  }

  /// The first wanted instance whose Σ has whole entries of about 1, 2, 3, … , a million on the diagonal.
  ///
  /// No claim depends on the scale of a coordinate of x2, nor, with a least-squares teacher, of any. Others may:
  /// whether all coordinates are scaled by themselves or x1 and y together, what comes of it is tried.
  func firstRounded(_ isWanted: (Instance) -> Bool) -> Instance? {
    if let other = extras.other { return firstRoundedPair(other, isWanted) }
    let sizes = (1...20).map { Double($0) } + (1...60).map { 20 * pow(1.2, Double($0)) }
    return sizes.lazy.flatMap { size in [true, false].compactMap { self.rounded(to: size, eachByItself: $0) } }
      .first(where: isWanted)
  }

  private func rounded(to size: Double, eachByItself: Bool) -> Instance? {
    let isLeastSquares = w1 == leastSquaresTeacher
    let diagonal = (0..<sigma.rows).map { sigma[$0, $0].asDouble }
    let common = (Array(x1) + Array(y)).map { diagonal[$0] }.max() ?? 1
    let scale = diagonal.indices.map { i in
      (size / (eachByItself || x2.contains(i) ? diagonal[i] : common)).squareRoot()
    }
    let entries = diagonal.indices.map { i in
      diagonal.indices.map { j in max(i == j ? 1 : -.infinity, (sigma[i, j].asDouble * scale[i] * scale[j]).rounded()) }
    }
    guard entries.joined().allSatisfy({ abs($0) < 1e15 }) else { return nil }
    return try? Instance(
      sigma: RationalMatrix(rows: sigma.rows, columns: sigma.rows) { Rational(Int(entries[$0][$1])) }, p1: p1, p2: p2,
      q: q, w1: isLeastSquares ? nil : w1, n: n, lambda: lambda, p1a: p1a, extras: extras)
  }

  /// How much there is to read: first the number of entries of Σ, then the sum of all numbers.
  var complexity: Complexity {
    var numbers = Array(sigma.values.joined()) + Array(w1.values.joined()) + [lambda ?? 0, Rational(n ?? 0)]
    for matrix in [extras.secondTeacher, extras.design].compactMap({ $0 }) { numbers += matrix.values.joined() }
    numbers += extras.rowMoments?.flatMap { [$0.y, $0.ty, $0.t] } ?? []
    numbers += [extras.ridge ?? 0, Rational(extras.unlabelled ?? 0), Rational(extras.teacherRows ?? 0)]
    let other = extras.other?.complexity
    return Complexity(
      size: sigma.rows + (other?.size ?? 0), sum: numbers.reduce(other?.sum ?? 0) { $0 + $1.numbersToRead })
  }

  struct Complexity: Comparable {
    let size: Int
    let sum: Rational

    static func < (a: Complexity, b: Complexity) -> Bool { a.size != b.size ? a.size < b.size : a.sum < b.sum }
  }

  /// The instance in which the teacher sees only t; nil where that has as many coordinates or fewer than q.
  private func imageOfX1(under map: RationalMatrix) -> Instance? {
    guard p1a == nil, extras.secondTeacher == nil, p1 > q || map != .identity(q) else { return nil }
    return image([(map, x1), (.identity(p2), x2)], p1: q, p2: p2, w1: .identity(q), extras)
  }

  /// The instance in which the student sees only s.
  private func imageOfX2(under map: RationalMatrix) -> Instance? {
    guard extras.design == nil, p2 > q || map != .identity(q) else { return nil }
    return image([(.identity(p1), x1), (map, x2)], p1: p1, p2: q, w1: w1, extras)
  }

  private func image(
    _ maps: [(RationalMatrix, Range<Int>)], p1: Int, p2: Int, w1: RationalMatrix?, _ extras: InstanceExtras
  ) -> Instance? {
    let columns = maps.flatMap { map, source in (0..<map.columns).map { (map, source, $0) } }
    let total = RationalMatrix(rows: sigma.rows, columns: p1 + p2 + q) { i, j in
      guard j < columns.count else { return i == self.p1 + self.p2 + j - columns.count ? 1 : 0 }
      let (map, source, column) = columns[j]
      return source.contains(i) ? map[i - source.lowerBound, column] : 0
    }
    return try? Instance(
      sigma: total.transposed * sigma * total, p1: p1, p2: p2, q: q, w1: w1, n: n, lambda: lambda,
      p1a: p1a, extras: extras)
  }

  /// The instance without coordinate `index` of Σ; nil where a block would be empty.
  func without(_ index: Int) -> Instance? {
    let kept = (0..<sigma.rows).filter { $0 != index }
    let isFirst = x1.contains(index)
    let (isSecond, isLabel) = (x2.contains(index), y.contains(index))
    let rows = (0..<p1).filter { $0 != index }
    let columns = (0..<q).filter { $0 + p1 + p2 != index }
    let isLeastSquares = w1 == leastSquaresTeacher
    let split = p1a.map { index < $0 ? $0 - 1 : $0 }
    var extras = extras
    extras.secondTeacher = extras.secondTeacher?.selecting(rows: rows, columns: columns)
    if isSecond, let design = extras.design {
      extras.design = design.selecting(rows: 0..<design.rows, columns: (0..<p2).filter { $0 + p1 != index })
    }
    return try? Instance(
      sigma: sigma.selecting(kept), p1: isFirst ? p1 - 1 : p1, p2: isSecond ? p2 - 1 : p2, q: isLabel ? q - 1 : q,
      w1: isLeastSquares ? nil : w1.selecting(rows: rows, columns: columns),
      n: n, lambda: lambda, p1a: split, extras: extras)
  }

  /// The instance without row `row` of its design; nil where the others have not full column rank.
  private func withoutDesignRow(_ row: Int) -> Instance? {
    guard let design = extras.design, design.rows > p2 else { return nil }
    let kept = (0..<design.rows).filter { $0 != row }
    var extras = extras
    extras.design = design.selecting(rows: kept, columns: 0..<p2)
    extras.rowMoments = extras.rowMoments.map { moments in kept.map { moments[$0] } }
    return try? with(extras: extras)
  }
}

extension Rational {
  /// How much there is to read: |numerator| + denominator − 1.
  var numbersToRead: Rational { numerator.magnitude + denominator - 1 }
}

extension RationalMatrix {
  var numbersToRead: Rational { values.joined().reduce(0) { $0 + $1.numbersToRead } }
}
