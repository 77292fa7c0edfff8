// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// c·½ ln r for a product r of positive numbers.
struct SignLogarithm {
  let coefficient: Rational
  let argument: SignProduct

  init(_ coefficient: Rational, _ argument: SignProduct) { (self.coefficient, self.argument) = (coefficient, argument) }
}

/// Informations of whole blocks, by the determinants that problems bring along.
extension SignCompiler {
  /// I(t;s) − I(s;y), of all outputs or of the bound one.
  mutating func delta(_ index: OutputIndex?) throws(NotMadeOfSigns) -> Form {
    func image(_ block: Block) -> [LinearImage] {
      [LinearImage(terms: [.init(coefficient: 1, block: block, index: index)])]
    }
    func information(_ u: Block, _ v: Block) -> Moment {
      Moment(kind: .information, first: image(u), second: image(v), given: [])
    }
    let (teacher, label) = (try form(information(.t, .s)), try form(information(.s, .y)))
    return try added(teacher, scaled(label, -1))
  }

  /// I(x1;x2), I(x2;y), I(x2;t), and I(s;y), which is I(x2;y); nil for another one.
  mutating func inputInformation(_ moment: Moment) throws(NotMadeOfSigns) -> Form? {
    guard moment.given.isEmpty, moment.first.count == 1, moment.second.count == 1, let u = moment.first[0].single,
      let v = moment.second[0].single
    else { return nil }
    let blocks = Set([u.block, v.block])
    if blocks == [.x1, .x2], u.index == nil, v.index == nil {
      needsInputs = true
      // The second is stored times the factor.
      return .information([
        SignLogarithm(1, product(try steps.place(.inputs), 1)), SignLogarithm(1, product(try steps.place(.factor), 1)),
        SignLogarithm(-1, product(try steps.place(.inputsGivenX2), 1)),
      ])
    }
    guard isOfOneLabel || u.index != nil && v.index != nil else { return nil }
    let partner: Block
    switch blocks {
    case [.x2, .y], [.s, .y]: partner = .y
    case [.x2, .t]: partner = .t
    default: return nil
    }
    if u.block != .s, v.block != .s, !isOfOneLabel { return nil }
    if u.index != v.index, blocks == [.s, .y] { throw NotMadeOfSigns() }
    let column: Column = partner == .y ? .label : .teacher
    let outputs = try outputs(u.block == partner ? u.index : v.index)
    return .information([
      SignLogarithm(1, try positive(total(column, column, outputs))),
      SignLogarithm(-1, try positive(residual(column, column, outputs))),
    ])
  }

  /// I(t;s) and I(s;y) of several labels.
  ///
  /// e^(2I(t;s)) = det T·det S/det cov(t,s) and e^(2I(s;y)) = det Y/det cov(y|x2): with the factor in every entry its powers
  /// cancel.
  mutating func vectorInformation(_ u: LinearImage, _ v: LinearImage) throws(NotMadeOfSigns) -> Form {
    guard let a = u.single, let b = v.single, a.index == nil, b.index == nil else { throw NotMadeOfSigns() }
    switch Set([a.block, b.block]) {
    case [.t, .s]:
      return .information([
        SignLogarithm(1, product(try steps.place(.detT), 1)), SignLogarithm(1, product(try steps.place(.detS), 1)),
        SignLogarithm(-1, product(try steps.place(.detJoint), 1)),
      ])
    case [.s, .y], [.x2, .y]:
      return .information([
        SignLogarithm(1, product(try steps.place(.detY), 1)), SignLogarithm(-1, product(try steps.place(.detOpen), 1)),
      ])
    default: throw NotMadeOfSigns()
    }
  }

  private func product(_ place: Int, _ power: Int) -> SignProduct {
    var product = SignProduct()
    product.multiply(place, power)
    return product
  }
}
