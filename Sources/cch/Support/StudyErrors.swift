// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Students

extension UserError {
  /// The error of a study, whose settings are called by their options.
  init(study error: any Error) {
    let (reason, file) = (error as? StudyProblemError).map { ($0.reason as any Error, $0.source) } ?? (error, nil)
    if case .invalidSetting(let name, let value, let rule) = reason as? StudentError, let option = Self.options[name] {
      self.init("\(option) \(value): \(rule)")
    } else if let file {
      self.init(file: file, reason)
    } else {
      self.init("\(reason)")
    }
  }

  /// The options that set what a study calls by these names.
  private static let options = [
    "λ": "--lambdas", "learning rate": "--learning-rate", "batch": "--batch", "epochs": "--epochs",
    "momentum": "--momentum", "weight decay": "--weight-decay", "patience": "--patience", "test rows": "--test-rows",
    "held-out rows": "--held-out", "level": "--false-alarm", "gap tolerance": "--gap", "sampling": "--sampling",
    "ridge penalty": "--penalty", "law": "--law", "teacher rows": "--teacher-rows", "n": "--n",
    "n of the decisions": "--ns", "distance": "--distances", "inputs": "--inputs", "replicates": "--repeats",
    "trained replicates": "--trained-repeats", "unlabelled": "--unlabelled", "ridge": "--ridge", "folds": "--folds",
    "residuals": "--residuals", "teacher_rows": "--teacher-rows",
  ]
}
