import '../fake-entry';
