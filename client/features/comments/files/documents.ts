import { graphql } from '../../../api/graphql.ts';

export const fileCreateMutation = graphql(`
  mutation CommentFileCreate($input: CommentFileCreateInput!) {
    commentFileCreate(input: $input) {
      file {
        id
        name
        sizeBytes
      }
      uploadUrl
      userErrors {
        code
        message
      }
    }
  }
`);

export const fileLinkQuery = graphql(`
  query CommentFileLink($id: ID!) {
    node(id: $id) {
      id
      ... on File {
        downloadUrl
      }
    }
  }
`);
