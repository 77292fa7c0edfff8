// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Estimation
import FileWriting
import ForeignPrograms
import PlainText

/// What is judged or compared: an estimator of the tool, or a program.
struct JudgedEstimator {
  let name: String
  let family: DistributionFamily
  let makeRespondent: @Sendable () -> any Respondent
  /// Where a program finds its samples.
  private let folder: TemporaryFolder?

  /// An estimator of the tool.
  ///
  /// - Throws: ``UserError`` where there is no such estimator.
  init(own name: String) throws {
    let names = EstimatorList.all().map(\.name)
    guard let estimator = EstimatorList.named(name) else {
      let hint = nearestName(to: name, among: names).map { "did you mean \($0)?" }
      throw UserError("--estimator \(name): no such estimator; \(hint ?? "there are \(names.joined(separator: ", "))")")
    }
    (self.name, family, folder) = (name, estimator.family, nil)
    makeRespondent = { EstimatorRespondent(estimator) }
  }

  /// A program.
  ///
  /// - Parameters:
  ///   - words: the program and its arguments.
  ///   - name: what it is called; its command line where it has no name.
  /// - Throws: ``UserError`` where the program cannot be started at all.
  init(
    _ words: [String], called name: String?, _ programProtocol: ValidateCommand.ProgramProtocol, timeLimit: Duration,
    startLimit: Duration
  ) throws {
    let program: ForeignCommand
    do {
      program = try ForeignCommand(words)
      _ = try program.executable()
    } catch { throw UserError("\(error)") }
    (self.name, family) = (name ?? program.description, .any)
    guard programProtocol == .file else {
      folder = nil
      makeRespondent = { LineRespondent(program, timeLimit: timeLimit, startLimit: startLimit) }
      return
    }
    let folder: TemporaryFolder
    do { folder = try TemporaryFolders.shared.make() } catch {
      throw UserError("\(error); set TMPDIR to a folder that can be written")
    }
    self.folder = folder
    makeRespondent = { FileRespondent(words, timeLimit: timeLimit, folder: folder.url) }
  }

  /// Removes what was written for the program.
  func end() { folder?.remove() }
}
