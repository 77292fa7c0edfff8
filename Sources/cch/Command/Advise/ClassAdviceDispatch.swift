// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Advice
import ArgumentParser
import ClassAdvice
import Foundation

extension AdviseCommand {
  /// Advice where the label is a class.
  func adviseOnClasses(_ selection: DataSelection, label: [String], seed: UInt64) throws {
    guard label.count == 1 else { throw UserError("\(AdviceError.severalLabels(label))") }
    let other = [("n", trainingRows != nil), ("worth", worth != nil), ("repeats", repeats != nil)].filter(\.1).map(\.0)
    if let option = other.first {
      throw UserError("--\(option) is about labels that are numbers; leave it out, or say --no-classes")
    }
    if plotOption.plot == true {
      throw UserError("--plot: advice about classes has no pictures in its text; --html has")
    }
    let group = classOptions.group.map { _ in selection.columns[teacher.count + 2] } ?? []
    if group.count > 1 { throw UserError("--group names \(group.count) columns; rows are grouped by one") }
    var settings = ClassAdvisor.Settings()
    (settings.level, settings.seed, settings.threads) = (confidence, seed, threads.chosen)
    let run = ClassAdviceRun(
      options: classOptions, reading: reading, selection: selection,
      teachers: Array(zip(teacher, selection.columns)),
      student: selection.columns[teacher.count], label: label[0], group: group.first, unlabelledFiles: unlabelled)
    let inputs = selection.columns[teacher.count] + selection.columns.prefix(teacher.count).joined()
    let (advice, dropped) = try run.advisor(settings, unlabelled: try unlabelledRows(inputs: inputs))
    let page = ClassAdvicePage(advice: advice, dropped: dropped, file: selection.source, label: label[0])
    if !output.quiet { StandardError.note(selection.notes) }
    try pageOption.save(page.json)
    try output.write(page.json, csv: table.csv ? TableOption.rows(page.json, "candidates") : nil, or: page.text)
  }
}
