import { graphql } from '../../api/graphql.ts';

export const noteFileCreateMutation = graphql(`
  mutation NoteFileCreate($input: NoteFileCreateInput!) {
    noteFileCreate(input: $input) {
      file {
        id
        name
      }
      uploadUrl
      userErrors {
        code
        message
      }
    }
  }
`);

export const noteFileQuery = graphql(`
  query NoteFile($id: ID!) {
    node(id: $id) {
      id
      ... on File {
        name
        sizeBytes
        downloadUrl
      }
    }
  }
`);
