// swift-format-ignore-file: made by Tests/Snippets/generate.py from Sources/Classification/Classification.docc/Classification.md.

func snippetClassification1() async throws {
  let teacher = try Classifier(training: view1, settings: settings, seed: 1)
  let guidance = try Guidance(logits: teacher.logits(of: view1.features), weight: 0.5, temperature: 2)
  let student = try Classifier(training: view2, guidance: guidance, settings: settings, seed: 2)
  let alone = try Classifier(training: view2, settings: settings, seed: 2)
  _ = try student.metrics(on: fresh).accuracy - alone.metrics(on: fresh).accuracy
}
