// SPDX-License-Identifier: GPL-3.0-or-later
import ExactPredicates
import SeededRuns

/// Whole-number problems with unlabelled rows, ridge, a second teacher or two candidates that tell equally much.
extension IntegerSampler {
  /// Changes rows of F into what a premise asks for and chance hardly ever makes.
  mutating func shapeRows(_ shape: Shape, from side: inout RandomSource) {
    if demand?.hasSecondTeacher == true, shape.p1 > 1, shape.q == 1, !shape.isLeastSquares, side.chance(3, in: 4) {
      // The last coordinate of x1 is the label and noise of its own: by itself, and doubled, a teacher that does not help.
      let (y, last) = (shape.y * shape.d, (shape.x1 + shape.p1 - 1) * shape.d)
      for k in 0...shape.y { factor[last + k] = factor[y + k] }
    }
    let isPair = shape.hasCandidates && shape.p1 == 2 && shape.q == 1
    if isPair, demand.map({ $0.candidates == .equal }) ?? side.chance(2, in: 3) { makeEqual(shape, from: &side) }
  }

  /// Makes the second coordinate of x1 share with x2 what the first does, at the same variance or a multiple, so that both tell
  /// equally much of s; what they share with the label's noise differs.
  private mutating func makeEqual(_ shape: Shape, from side: inout RandomSource) {
    let (d, y, x1) = (shape.d, shape.y, shape.x1)
    let (first, second) = (x1 * d, (x1 + 1) * d)
    // In the noise of y, its own and that of the other: a number of the first, r, and one that its own noise has.
    let (shared, own) = (factor[first + y], factor[first + x1])
    var places = (shared, Int64(0), own)
    switch side.integer(in: 0...3) {
    case 0: places = (own, 0, shared)
    case 1: places = (-own, 0, shared)
    case 2: places = (0, own, shared)
    default: places = (-shared, 0, own)
    }
    if places.2 == 0 { places = (own, 0, 0) }
    // F needs a positive diagonal: without noise of its own the second would be degenerate.
    if places.2 == 0 { places = (0, 0, own) }
    let multiple = side.chance(1, in: 4) ? Int64(side.integer(in: 2...3)) : 1
    for k in 0..<y { factor[second + k] = multiple * factor[first + k] }
    factor[second + y] = multiple * places.0
    factor[second + x1] = multiple * places.1
    factor[second + x1 + 1] = multiple * abs(places.2)
  }

  /// m, μ and the weights of a second teacher behind `count` others: what is demanded or, of one label, all of it now and then.
  mutating func drawExtras(_ shape: Shape, behind count: Int, from side: inout RandomSource) -> IntegerProblem.Extras {
    var extras = IntegerProblem.Extras()
    guard shape.q == 1 else { return extras }
    if demand?.hasUnlabelled ?? true { extras.unlabelled = side.chance(1, in: 8) ? 0 : side.integer(in: 1...60) }
    if demand?.hasRidge ?? true { extras.ridge = (Int64(side.integer(in: 0...12)), Int64(side.integer(in: 1...4))) }
    if demand?.hasSecondTeacher ?? side.chance(1, in: 4) { extras.hasSecondTeacher = drawSecond(shape, count, &side) }
    return extras
  }

  /// The weights of a second teacher, not those of the first; false where there are none.
  private mutating func drawSecond(_ shape: Shape, _ count: Int, _ side: inout RandomSource) -> Bool {
    let (p1, start) = (shape.p1, count * shape.p1)
    for i in 0..<p1 { teachers[start + i] = side.chance(1, in: 2) ? 0 : Int64(side.integer(in: -3...3)) }
    teachers[start + p1 - 1] = Int64(side.integer(in: 1...3))
    return !(0..<p1).allSatisfy { teachers[start + $0] == teachers[$0] }
  }
}
