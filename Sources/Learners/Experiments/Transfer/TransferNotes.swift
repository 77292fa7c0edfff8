// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation

/// What holds for every experiment with classes.
enum TransferNotes {
  static let common = [
    """
    H1 and H2 are the logits of the teacher and of the student trained alone, on rows that neither was trained on nor \
    gains are measured on. \(methods) KSG is biased downwards for much information in many columns.
    """,
    """
    The calibrated and the sharp criterion do not apply: they are theorems about the squared error of a linear student, \
    and there is neither a scale a nor a β for the classes of a network.
    """,
    """
    Intervals are over seeds: new splits of the same rows, first weights and batches. They do not cover other data sets, and \
    conditions share rows, so the binomial interval, which takes them for independent, is too short.
    """,
  ]

  /// Which estimators informations come from.
  static let methods =
    "I(H1;H2) is KSG's (k = 3) or, where values repeat, that of Gao and others for mixtures, or counted; I(H2;Y) is that of Ross for a class or, "
    + "where features take few values, counted. An estimate that no information can have is left out."

  /// The same as a setting.
  static let estimators = Setting("informations", "by what the data are: counts, ross, mixed or ksg1, k = 3")

  /// The same given something that the information is averaged over.
  static func estimators(given what: String) -> Setting {
    Setting(estimators.name, "\(estimators.value), given \(what)")
  }

  static let fixedBeforehand =
    "Sizes, network, λ and T were fixed before a test row was looked at, and none was changed since."
}

/// A share in percent, for reading only.
func percentText(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
