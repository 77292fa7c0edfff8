// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra

/// A quantity of the model that the proofs compute from the entries of Σ.
enum CoqWord: CaseIterable, Hashable {
  case residualVariance, teacherResidualVariance, residualCovariance, mismatch
  case varT, varY, varS, covTS, covSY, covTY
  case scaleSquared
  case teacherInformation, labelInformation, inputInformation, modalityInformation, conditionalInformation
  case varTGivenY, varSGivenY, covTSGivenY

  init?(_ word: Word) {
    switch word {
    case .residualVariance: self = .residualVariance
    case .teacherResidualVariance: self = .teacherResidualVariance
    case .residualCovariance: self = .residualCovariance
    case .mismatch: self = .mismatch
    case .varS: self = .varS
    case .covTS: self = .covTS
    default: return nil
    }
  }

  /// A variance or covariance.
  init?(_ moment: Moment) {
    guard moment.kind == .variance || moment.kind == .covariance, let (blocks, given) = CoqWord.blocks(moment) else {
      return nil
    }
    switch (blocks, given) {
    case ([.t], nil): self = .varT
    case ([.y], nil): self = .varY
    case ([.s], nil): self = .varS
    case ([.t, .s], nil): self = .covTS
    case ([.s, .y], nil): self = .covSY
    case ([.t, .y], nil): self = .covTY
    case ([.y], .x2): self = .residualVariance
    case ([.t], .x2): self = .teacherResidualVariance
    case ([.t, .y], .x2): self = .residualCovariance
    case ([.t], .y): self = .varTGivenY
    case ([.s], .y): self = .varSGivenY
    case ([.t, .s], .y): self = .covTSGivenY
    default: return nil
    }
  }

  init?(information moment: Moment) {
    guard moment.kind == .information, let (blocks, given) = CoqWord.blocks(moment) else { return nil }
    switch (blocks, given) {
    case ([.t, .s], nil): self = .teacherInformation
    case ([.s, .y], nil): self = .labelInformation
    case ([.x2, .y], nil): self = .inputInformation
    case ([.x1, .x2], nil): self = .modalityInformation
    case ([.t, .s], .y): self = .conditionalInformation
    default: return nil
    }
  }

  private static func blocks(_ moment: Moment) -> (Set<Block>, Block?)? {
    let sides = moment.second.isEmpty ? [moment.first] : [moment.first, moment.second]
    var blocks = Set<Block>()
    for side in sides {
      guard side.count == 1, let block = side[0].single, block.index == nil else { return nil }
      blocks.insert(block.block)
    }
    guard !moment.given.isEmpty else { return (blocks, nil) }
    guard moment.given.count == 1, let given = moment.given[0].single, given.index == nil else { return nil }
    return (blocks, given.block)
  }

  /// The word of the proofs.
  func text(_ teacher: String, _ sizes: (p1: String, p2: String, n: String)) -> String {
    switch self {
    case .residualVariance: "residual_variance S"
    case .teacherResidualVariance: "teacher_residual_variance S \(teacher)"
    case .residualCovariance: "residual_covariance S \(teacher)"
    case .mismatch: "mismatch S \(teacher)"
    case .varT: "var_t S \(teacher)"
    case .varY: "var_y S"
    case .varS: "var_s S"
    case .covTS: "cov_ts S \(teacher)"
    case .covSY: "cov_sy S"
    case .covTY: "cov_ty S \(teacher)"
    case .scaleSquared: "scale_squared S \(teacher)"
    case .teacherInformation: "expI_ts S \(teacher)"
    case .labelInformation: "expI_sy S"
    case .inputInformation: "expI_x2y S"
    case .modalityInformation: "expI_x1x2 S"
    case .conditionalInformation: "expI_ts_given_y S \(teacher)"
    case .varTGivenY: "var_t_given_y S \(teacher)"
    case .varSGivenY: "var_s_given_y S"
    case .covTSGivenY: "cov_ts_given_y S \(teacher)"
    }
  }

  /// Whether it is computed from Σ at once, and not defined by others that are.
  var isBase: Bool {
    switch self {
    case .scaleSquared, .varTGivenY, .varSGivenY, .covTSGivenY, .conditionalInformation: false
    default: true
    }
  }

  /// Tactics that turn the word of `model p1 p2 sigma R` into the image of a fraction, before `ofQ_same`.
  func tactic(_ sizes: (p1: String, p2: String, n: String)) -> String {
    let (p1, p2) = (sizes.p1, sizes.p2)
    switch self {
    case .residualVariance: return "rewrite model_residual_variance //"
    case .teacherResidualVariance: return "rewrite model_teacher_residual_variance //"
    case .residualCovariance: return "rewrite model_residual_covariance //"
    case .mismatch: return "rewrite model_mismatch //"
    case .varT: return "rewrite model_t //"
    case .varY: return "rewrite model_y //"
    case .varS: return "rewrite model_s //"
    case .covTS: return "rewrite model_ts //"
    case .covSY: return "rewrite /cov_sy model_wstar // /dot /= -mxT -mxM mxE"
    case .covTY: return "rewrite /cov_ty /dot /= -mxT -mxM mxE"
    case .teacherInformation: return "rewrite model_I_ts //"
    case .labelInformation: return "rewrite model_I_sy //"
    case .inputInformation:
      return "rewrite /expI_x2y /= (_ : (ofQ R _)%:M = mx R 1 1 (L33 \(p1) \(p2) 1 sigma));\n"
        + "    [rewrite gexp2IE; last by vm_cast_no_check (erefl true) | by apply/matrixP => i j; rewrite !mxE !ord1 mulr1n]"
    case .modalityInformation: return "rewrite /expI_x1x2 gexp2IE; last by vm_cast_no_check (erefl true)"
    case .scaleSquared, .varTGivenY, .varSGivenY, .covTSGivenY, .conditionalInformation: return ""
    }
  }

  /// The value on an instance; nil where it is not defined, and for a word that others define.
  func value(_ evaluator: Evaluator) -> Rational? {
    func information(_ u: Block, _ v: Block) -> Rational? {
      let moment = Moment(kind: .information, first: [LinearImage(u)], second: [LinearImage(v)], given: [])
      if case .information(let sum)? = try? evaluator.value(moment) { return sum.argument }
      return nil
    }
    let m = evaluator.facts.moments
    return switch self {
    case .residualVariance: m.residualVariance
    case .teacherResidualVariance: m.teacherResidualVariance
    case .residualCovariance: m.residualCovariance
    case .mismatch: m.mismatch
    case .varT: m.varT
    case .varY: m.varY
    case .varS, .covSY: m.varS
    case .covTS: m.covTS
    case .covTY: m.covTY
    case .teacherInformation: information(.t, .s)
    case .labelInformation: information(.s, .y)
    case .inputInformation: information(.x2, .y)
    case .modalityInformation: information(.x1, .x2)
    case .scaleSquared, .conditionalInformation, .varTGivenY, .varSGivenY, .covTSGivenY: nil
    }
  }
}
