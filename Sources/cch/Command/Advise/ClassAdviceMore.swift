// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ClassAdvice
import PlainText

extension ClassAdvicePage {
  /// What rows without a label add; nil where there are none.
  var unlabelled: String? {
    guard let rows = advice.data.unlabelled else { return nil }
    var table = TextTable([
      ("teacher", .left), ("λ", .right), ("T", .right), ("log-loss gain", .right), ("accuracy", .right),
      ("beyond labelled rows", .right),
    ])
    for c in advice.candidates {
      guard let gain = c.unlabelled else { continue }
      table.append(
        short(c.name), number(gain.setting.weight), number(gain.setting.temperature), decimal(gain.logLoss.mean, 3),
        decimal(gain.accuracy.mean, 3), interval(gain.beyondLabelled, 3))
    }
    let what =
      rows.areHidden
      ? "The labels of \(grouped(rows.count)) rows were hidden; all that is said above is of the other rows alone. With soft labels of the hidden ones too:"
      : "With soft labels of \(grouped(rows.count)) rows without a label too:"
    return wrapped(what) + table.text
  }

  /// What perceptrons gain; nil where none were asked for.
  var perceptrons: String? {
    guard let students = advice.perceptron else { return nil }
    var table = TextTable([
      ("teacher", .left), ("log-loss gain", .right), ("accuracy", .right), ("shuffled", .right), ("beyond", .right),
    ])
    for c in advice.candidates {
      guard let gain = c.perceptron else { continue }
      table.append(
        short(c.name), interval(gain.logLoss, 3), decimal(gain.accuracy.mean, 3), decimal(gain.shuffled.mean, 3),
        decimal(gain.beyondShuffled.mean, 3))
    }
    return wrapped(
      "Perceptron students of \(students.units) hidden units, at the λ and T that softmax students choose; alone: accuracy "
        + "\(decimal(students.alone.accuracy, 3)), log-loss \(decimal(students.alone.logLoss, 3)) nats, weight decay "
        + "\(number(students.weightDecay)):") + table.text
  }
}
