// SPDX-License-Identifier: MIT

import Foundation
import PropertyTesting
import Synchronization
import Testing

/// Where a `forAll` stands, and what follows from it: its name, its store, its settings.
struct TestPlace {
  let location: SourceLocation
  private let environment = ProcessInfo.processInfo.environment

  init(_ location: SourceLocation) { self.location = location }

  /// The test's name and line.
  var name: String {
    let name = Test.current.map { String($0.name.prefix { $0 != "(" }) } ?? location.fileName
    return "\(name)-\(location.line)"
  }

  /// What tells the arguments of this test from others; empty where it has none.
  ///
  /// A case is known to nobody else by its arguments alone, so it is their text that counts; addresses differ from process to process.
  var arguments: String {
    guard let testCase = Test.Case.current, testCase.isParameterized else { return "" }
    var text = ""
    dump(testCase, to: &text)
    return text.replacing(/(?:0x|\$)[0-9a-fA-F]+/, with: "")
  }

  /// The settings given, or those of the trait, as the environment changes them.
  func settings(_ given: CheckSettings?) -> CheckSettings {
    var settings = given ?? CheckTrait.current
    if let cases = environment["CCH_CASES"].flatMap(Int.init) { settings.budget = Budget(cases: cases) }
    if let seed = environment["CCH_SEED"].flatMap(UInt64.init) { settings.seed = seed }
    settings.store = settings.store ?? store
    settings.coverage = settings.coverage ?? Coverage.probe
    settings.caseFile = RunningCases.file(root)
    if let file = environment["CCH_OBSERVATIONS"], settings.observer == nil {
      settings.observer = ObservationFile.shared(file).observe
    }
    return settings
  }

  /// A pattern of test names that only this one matches.
  var filter: String {
    guard let id = Test.current?.id else { return "" }
    return "^" + NSRegularExpression.escapedPattern(for: "\(id.moduleName).\(id.nameComponents.joined(separator: "/"))")
  }

  /// The folder of all examples: that of `CCH_EXAMPLES`, else in `.build` of the package; none for "off".
  private var root: URL? {
    let given = environment["CCH_EXAMPLES"]
    return given == "off" ? nil : given.map { URL(fileURLWithPath: $0) } ?? buildFolder
  }

  /// The examples of this test.
  private var store: ExampleStore? {
    guard CheckTrait.keepsExamples, let test = Test.current, let root else { return nil }
    let path = ([test.id.moduleName] + test.id.nameComponents).map { component in
      String(component.prefix { $0 != "(" }.map { $0.isLetter || $0.isNumber || "-_".contains($0) ? $0 : "-" })
    }
    var store = ExampleStore(path.reduce(root) { $0.appendingPathComponent($1) })
    // Other arguments of the same test share the store: what passes here may fail there.
    store.forgets = Test.Case.current?.isParameterized != true
    return store
  }

  /// The folder of built products beside the `Package.swift` above the test's source.
  private var buildFolder: URL? {
    var folder = URL(fileURLWithPath: location.filePath).deletingLastPathComponent()
    while folder.path.count > 1 {
      if FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path) {
        return folder.appendingPathComponent(".build/property-examples")
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }
}

/// The file of the cases that run in this process.
enum RunningCases {
  private static let made = Mutex<CaseFile?>(nil)

  /// Made at the first call, which also tells what an earlier process has left.
  static func file(_ root: URL?) -> CaseFile {
    let (file, left) = made.withLock { made -> (CaseFile, [ReplayLine]) in
      if let made { return (made, []) }
      let folder = root?.appendingPathComponent("running")
      let left = folder.map { CaseFile.collect($0) } ?? []
      let file = CaseFile(folder)
      made = file
      return (file, left)
    }
    for line in left {
      Issue.record(
        "an earlier run ended in a case of \(line.name), which is tried first from now on; replay: \(line)",
        severity: .warning)
    }
    return file
  }
}

/// A file to which every case of every `forAll` is written, a line of JSON each.
final class ObservationFile: Sendable {
  private let handle: FileHandle?

  /// The file of this process at `path`; opened once.
  static func shared(_ path: String) -> ObservationFile {
    opened.withLock { files in
      if let file = files[path] { return file }
      let file = ObservationFile(path)
      files[path] = file
      return file
    }
  }

  private static let opened = Mutex<[String: ObservationFile]>([:])

  private init(_ path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    handle = descriptor < 0 ? nil : FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    if descriptor < 0 {
      Issue.record(
        "CCH_OBSERVATIONS: \(path) cannot be written: \(String(cString: strerror(errno)))", severity: .warning)
    }
  }

  /// Writes a case; a line is written whole, so that threads and processes may share the file.
  @Sendable func observe(_ observation: Observation) { handle?.write(Data((observation.testCaseLine + "\n").utf8)) }
}
